"""`manage.py run`: the whole site on this machine, with the demo season, until Ctrl-C."""

import os
import socket
import sys
import time
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from django.apps import apps
from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from backend import local
from backend.celery import app
from backend.local.folder import data_folder
from backend.supervise import Died, Stopped, Supervisor, supervised
from fixtures.demo import loading

HOST = "127.0.0.1"
PATIENCE = 60  # seconds until everything must have answered
ROOT_IS_FINE_HERE = "ignore:You're running the worker with superuser privileges"  # Celery's words
PAGES = {
    "/api/docs/": "the API, to read and try",
    "/api/schema/": "its OpenAPI document",
    "/mailbox/": "every mail that this site sends",
    "/livez": "is it alive",
    "/readyz": "is it ready",
}


class Command(BaseCommand):
    help = "Runs the web server, the worker and its schedule here, with the demo season."
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        port = free_port()
        try:
            self.prepare()
            self.serve(port)
        except (Stopped, KeyboardInterrupt):
            self.say("Stopped.")
        except Died as reason:
            raise CommandError(f"{reason}; everything else was stopped.") from reason

    def prepare(self) -> None:
        self.say("Bringing the database up to date")
        call_command("migrate", verbosity=1)
        if not apps.get_model("ats", "Organisation").objects.exists():
            self.say("Loading the demo season")
            call_command("load_demo")

    def serve(self, port: int) -> None:
        data = data_folder()
        with supervised(Path(settings.ROOT), environment(port, data)) as supervisor:
            for name, command in commands(port, data).items():
                self.say(f"Starting the {name}")
                supervisor.start(name, command)
            wait_until_ready(supervisor, port)
            self.introduce(port)
            supervisor.watch(local.keep_serving, self.say)

    def introduce(self, port: int) -> None:
        """Prints where things are and who may sign in."""
        self.say("\nIntake is ready.\n\n")
        for path, purpose in PAGES.items():
            self.say(f"  http://{HOST}:{port}{path:<14} {purpose}")
        self.say("\nSign in with a code that arrives in the mailbox, as one of:\n\n")
        for login in loading.logins():
            self.say(f"  {login.email:<36} {login.role:<12} {login.organisation}".rstrip())
        self.say("\nCtrl-C stops everything.")

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()


def free_port() -> int:
    """PORT or 8000, if nobody listens there; CommandError else."""
    text = os.environ.get("PORT") or "8000"
    try:
        with socket.create_server((HOST, int(text))):
            return int(text)
    except (ValueError, OverflowError) as error:
        raise CommandError(f"PORT={text} is not a port: give a number up to 65535.") from error
    except OSError as error:
        raise CommandError(
            f"Port {text} cannot be used ({os.strerror(error.errno or 0)}): "
            "choose another, as in `make run PORT=8001`."
        ) from error


def environment(port: int, data: Path) -> dict[str, str]:
    """Ours, for a site on one's own machine: without TLS, and with its mail kept here."""
    defaults = {"PLAIN_HTTP": "true", "LOG_LEVEL": "WARNING", "SITE_URL": f"http://{HOST}:{port}"}
    if not os.environ.get("EMAIL_URL"):
        defaults["MAILBOX_DIR"] = str(data / "mailbox")
    return defaults | os.environ


def commands(port: int, data: Path) -> dict[str, list[str]]:
    granian = ["granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)]
    celery = ["celery", "--app", "backend", "--quiet"]
    parts = {
        "web server": [
            *granian,
            *("--blocking-threads", "8", "--log-level", "error"),
            "backend.wsgi:application",
        ],
        "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING"],
        "schedule": [*celery, "beat", "--schedule", str(data / "beat"), "--loglevel", "WARNING"],
    }
    python = [sys.executable, "-W", ROOT_IS_FINE_HERE, "-m"]
    return {name: [*python, *words] for name, words in parts.items()}


def wait_until_ready(supervisor: Supervisor, port: int) -> None:
    """Returns when the site and the worker answer; Died when one ends or does not answer."""
    give_up = time.monotonic() + PATIENCE
    while not (site_answers(port) and app.control.ping(timeout=0.3)):
        supervisor.check()
        if time.monotonic() > give_up:
            raise Died(f"the site or its worker did not answer within {PATIENCE} seconds")
        time.sleep(0.1)


def site_answers(port: int) -> bool:
    try:
        with urlopen(f"http://{HOST}:{port}/readyz", timeout=5):
            return True
    except (URLError, TimeoutError):
        return False
