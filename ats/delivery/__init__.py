"""Telling people: the table of deliveries is the queue, Celery only drains it."""
