"""Résumés: received, judged by their content, read in a process that may die, never believed."""
