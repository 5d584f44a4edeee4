"""The Django app that carries the commands `run` and `demo`."""

from django.apps import AppConfig


class BackendConfig(AppConfig):
    name = "backend"
