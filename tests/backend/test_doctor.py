"""`manage.py doctor` on a site that is well, and on sites that each lack one thing."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models.functions import Now

from ats.models import Event, EventType
from backend.doctor import examine
from tests.factories import an_organisation


def unwell() -> dict[str, str]:
    """What is wrong, by the name of the check."""
    return {finding.name: finding.sentence for finding in examine() if not finding.is_well}


@pytest.fixture
def a_well_site(settings: Any, tmp_path: Path) -> None:
    settings.MAILBOX_DIR = ""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SECRET_KEY = "correct-horse-battery-staple-0123456789-abcdefghijklmnop"


@pytest.mark.usefixtures("celery_worker_process", "a_well_site")
def test_a_site_that_is_well() -> None:
    assert unwell() == {}


@pytest.mark.django_db
@pytest.mark.usefixtures("a_well_site")
@pytest.mark.parametrize(
    ("setting", "value", "check", "sentence"),
    [
        ("DEBUG", True, "settings", "DEBUG is on: errors show the code and its values to everybody"),
        ("SECRET_KEY", "short", "settings", "SECRET_KEY has fewer than 50 characters"),
        ("EMAIL_BACKEND", "no.such.Backend", "mail", "ModuleNotFoundError: No module named 'no'"),
        ("MEDIA_ROOT", Path("/proc/nowhere"), "storage", "FileNotFoundError: [Errno 2]"),
    ],
)
def test_what_is_wrong_is_named(
    settings: Any, setting: str, value: object, check: str, sentence: str
) -> None:
    setattr(settings, setting, value)

    assert unwell()[check].startswith(sentence)


@pytest.mark.django_db
@pytest.mark.usefixtures("a_well_site")
def test_a_schedule_that_sleeps_is_noticed() -> None:
    event = Event.objects.create(organisation=an_organisation(), type=EventType.CANDIDATE_RECTIFIED, data={})
    Event.objects.filter(pk=event.pk).update(created_at=Now() - timedelta(minutes=2), number=None)

    assert unwell()["schedule"] == "1 events have waited for more than a minute for their number"


@pytest.mark.django_db
def test_the_command_says_what_to_do_and_fails(settings: Any) -> None:
    settings.DEBUG = True
    out = io.StringIO()

    with pytest.raises(CommandError, match=r"^Not well: settings"):
        call_command("doctor", stdout=out)

    assert "Correct the environment; .env.example explains each setting." in out.getvalue()
