"""Wiring only: settings, urls, Celery, health, and the private PostgreSQL and Valkey."""

from backend.celery import app as celery_app

__all__ = ["celery_app"]
