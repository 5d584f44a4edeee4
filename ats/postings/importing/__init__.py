"""Postings from files that others wrote: read, cleaned, put on a track and stored, with a report.

container (what kind of file) -> adapter (whose columns) -> rows -> duplicates -> store -> report
"""
