"""The settings: safe when nothing is said, and clear about what is missing."""

import os
import subprocess

import pytest

from backend import broker
from tests.processes import ROOT, python

NEEDED = {
    "SECRET_KEY": "correct-horse-battery-staple-0123456789-abcdefghijklmnop",
    "DATABASE_URL": "postgresql://nobody@nowhere.invalid/none",
    "CELERY_BROKER_URL": "redis://nowhere.invalid/0",
}
OURS = {*NEEDED, "CACHE_URL", "PLAIN_HTTP", "MAILBOX_DIR", "DEBUG", "TRUST_PROXY", "ALLOWED_HOSTS"}


def run(*words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """The command in an environment that says only this about the site."""
    others = {name: value for name, value in os.environ.items() if name not in OURS}
    return subprocess.run(
        python(*words), cwd=ROOT, env=others | variables, capture_output=True, text=True, check=False
    )


def setting(expression: str, **variables: str) -> str:
    code = f"from backend import settings; print({expression})"
    return run("-c", code, **(NEEDED | variables)).stdout.strip()


def test_the_deployment_check_finds_nothing() -> None:
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **NEEDED)
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "System check identified no issues (0 silenced).\n",
        "",
    )


@pytest.mark.parametrize("name", NEEDED)
def test_what_is_missing_is_named(name: str) -> None:
    done = run("-c", "import backend.settings", **(NEEDED | {name: ""}))
    last_line = done.stderr.splitlines()[-1]
    assert last_line.startswith(f"django.core.exceptions.ImproperlyConfigured: {name} is not set: ")


def test_rabbitmq_needs_a_cache_named() -> None:
    done = run("-c", "import backend.settings", **(NEEDED | {"CELERY_BROKER_URL": "amqp://host/"}))
    assert "CACHE_URL is not set: RabbitMQ is no cache" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("url", "cache"),
    [
        ("redis://host:6379/0", "redis://host:6379/1"),
        ("rediss://:secret@host", "rediss://:secret@host/1"),
        ("redis+socket:///run/valkey.sock?virtual_host=4", "unix:///run/valkey.sock?db=5"),
        ("amqp://host/", ""),
    ],
)
def test_the_cache_is_beside_the_broker(url: str, cache: str) -> None:
    assert broker.cache_beside(url) == cache


def test_rabbitmq_queues_survive_and_confirm() -> None:
    [queue] = broker.queues("amqp://host/", "intake") or []
    assert (queue.name, queue.queue_arguments) == ("intake", broker.QUORUM)
    assert broker.transport_options("amqp://host/") == {"confirm_publish": True}


def test_valkey_gives_a_task_again_only_after_the_longest_one() -> None:
    options = broker.transport_options("redis://host/0")
    assert options["visibility_timeout"] > broker.TIME_LIMIT


def test_a_proxy_is_trusted_only_when_told() -> None:
    header = "getattr(settings, 'SECURE_PROXY_SSL_HEADER', None)"
    assert setting(header) == "None"
    assert setting(header, TRUST_PROXY="true") == "('HTTP_X_FORWARDED_PROTO', 'https')"


def test_mail_goes_by_any_backend_that_is_named_such_as_anymails() -> None:
    named = {
        "EMAIL_BACKEND": "anymail.backends.postmark.EmailBackend",
        "ANYMAIL": '{"POSTMARK_SERVER_TOKEN": "a"}',
    }

    mail = setting("(settings.EMAIL_BACKEND, settings.ANYMAIL)", **named, EMAIL_URL="smtp://host:25")

    assert mail == "('anymail.backends.postmark.EmailBackend', {'POSTMARK_SERVER_TOKEN': 'a'})"
