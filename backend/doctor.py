"""What a deployment needs, checked from inside: a row for each check, with what to do when it fails."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.db import connection

from backend import health
from backend.celery import app

LEAST_VERSION = 150000  # PostgreSQL 15
LEAST_ROOM = 1_000_000_000  # bytes
MOST_DRIFT = 2.0  # seconds between this clock and the database's
SHORTEST_KEY = 50
EXTENSIONS = {"btree_gist", "btree_gin"}


class Unwell(Exception):
    """What is wrong, in one sentence."""


@dataclass(frozen=True, slots=True)
class Check:
    """`run` answers what it found, or raises; `remedy` says what to do then."""

    name: str
    run: Callable[[], str]
    remedy: str


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    is_well: bool
    sentence: str
    remedy: str = ""


def examine() -> Iterator[Finding]:
    """A finding for each check, in the order of the table. No check stops another."""
    for check in CHECKS:
        try:
            yield Finding(check.name, is_well=True, sentence=check.run())
        except Exception as error:  # noqa: BLE001  (whatever is wrong with a part is its finding)
            reason = str(error) if isinstance(error, Unwell) else f"{type(error).__name__}: {error}"
            sentence = next(iter(reason.splitlines()), type(error).__name__)
            yield Finding(check.name, is_well=False, sentence=sentence, remedy=check.remedy)


def _settings() -> str:
    if settings.DEBUG:
        raise Unwell("DEBUG is on: errors show the code and its values to everybody")
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        raise Unwell(f"SECRET_KEY has fewer than {SHORTEST_KEY} characters")
    if settings.MAILBOX_DIR:
        raise Unwell("MAILBOX_DIR is set: whoever opens /mailbox/ reads everybody's codes")
    return "safe"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int, current_setting('server_version')")
        number, name = cursor.fetchone() or (0, "")
    if number < LEAST_VERSION:
        raise Unwell(f"PostgreSQL {name} is older than 15")
    return f"PostgreSQL {name}"


def _extensions() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension")
        missing = EXTENSIONS - {name for (name,) in cursor.fetchall()}
    if missing:
        raise Unwell(f"missing: {', '.join(sorted(missing))}")
    return ", ".join(sorted(EXTENSIONS))


def _migrations() -> str:
    found = health.migrations()
    if found != "ok":
        raise Unwell(found)
    return "all applied"


def _clock() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        [database] = cursor.fetchone() or [datetime.now(UTC)]
    drift = abs((datetime.now(UTC) - database).total_seconds())
    if drift > MOST_DRIFT:
        raise Unwell(f"this clock and the database's differ by {drift:.1f} s")
    return f"within {MOST_DRIFT:.0f} s of the database's"


def _broker() -> str:
    health.broker()
    return "answers"


def _cache() -> str:
    cache.set("doctor", "well", 10)
    if cache.get("doctor") != "well":
        raise Unwell("what is stored is not found again")
    return "stores"


def _workers() -> str:
    found = app.control.ping(timeout=2.0) or []
    if not found:
        raise Unwell("no worker answers")
    return f"{len(found)} answer"


def _schedule() -> str:
    """Without the schedule's sweeps nothing gets a number in the feed, and what is due stays due."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM ats_event WHERE number IS NULL AND created_at < now() - interval '1 minute'"
        )
        [waiting] = cursor.fetchone() or [0]
    if waiting:
        raise Unwell(f"{waiting} events have waited for more than a minute for their number")
    return "sweeps"


def _mail() -> str:
    mail = get_connection()
    mail.open()
    mail.close()
    return f"{settings.EMAIL_BACKEND} opens"


def _storage() -> str:
    name = default_storage.save(f"doctor-{uuid.uuid4().hex}", ContentFile(b"well"))
    try:
        with default_storage.open(name) as file:
            if file.read() != b"well":
                raise Unwell("what is stored is not read again")
    finally:
        default_storage.delete(name)
    return "stores"


def _room() -> str:
    folder = settings.MEDIA_ROOT.parent
    free = shutil.disk_usage(folder if folder.exists() else settings.ROOT).free
    if free < LEAST_ROOM:
        raise Unwell(f"{free // 1_000_000} MB are left")
    return f"{free // LEAST_ROOM} GB are left"


CHECKS = (
    Check("settings", _settings, "Correct the environment; .env.example explains each setting."),
    Check("database", _database, "Check DATABASE_URL, that the server runs, and its version."),
    Check("extensions", _extensions, "As a superuser of the database: CREATE EXTENSION for each."),
    Check("migrations", _migrations, "Run: manage.py migrate."),
    Check("clock", _clock, "Synchronise the clocks of both machines (NTP)."),
    Check("broker", _broker, "Check CELERY_BROKER_URL and that Valkey, Redis or RabbitMQ runs."),
    Check("cache", _cache, "Check CACHE_URL; nobody's reading is limited while it is down."),
    Check("workers", _workers, "Start: celery -A backend worker."),
    Check("schedule", _schedule, "Start exactly one: celery -A backend beat."),
    Check("mail", _mail, "Check EMAIL_URL, or EMAIL_BACKEND and ANYMAIL, and the server's answer above."),
    Check("storage", _storage, "Check that DATA_DIR can be written to, or the bucket and its credentials."),
    Check("room", _room, "Free room on the disk of DATA_DIR."),
)
