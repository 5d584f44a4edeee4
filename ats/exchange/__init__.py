"""Our rows in foreign shapes: each file maps one vocabulary's fields to ours, and shapes nothing."""
