"""The open postings as pages: for people, search engines and sitemaps."""
