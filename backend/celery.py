"""The Celery application. Tasks live in `ats.tasks`; how they run is in `backend.settings`."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")

app = Celery("intake")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["ats"])


@setup_logging.connect
def keep_django_logging(**_: Any) -> None:
    """A receiver is Celery's way to learn that logging is configured already."""
