"""Seasons that nobody lived: the written demo and generated ones of any size."""
