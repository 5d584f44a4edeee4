"""Pipelines as documents: read, checked, and saved over the pipeline in use."""
