"""Pipelines as documents: read, checked, and put in the place of what is in use."""
