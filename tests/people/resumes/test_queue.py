"""The table is the queue: a worker, or many, or a dying one, and each file is read once to its end."""

from __future__ import annotations

import io
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now

from ats.models import Resume, ResumeState
from ats.people.resumes import queue
from ats.people.resumes.queue import ATTEMPTS, claim, read_all, read_one
from ats.people.resumes.uploads import receive
from tests import processes
from tests.factories import a_resume, an_account
from tests.people.resumes import files

DIE_WITH_A_RESUME = """
import os, signal, django
django.setup()
from ats.people.resumes.queue import claim
assert claim()
os.kill(os.getpid(), signal.SIGKILL)
"""


def a_worker_dies() -> None:
    environment = processes.site_environment() | {"DJANGO_SETTINGS_MODULE": "backend.settings"}
    died = subprocess.run(
        processes.python("-c", DIE_WITH_A_RESUME), cwd=processes.ROOT, env=environment, check=False
    )
    assert died.returncode == -9
    Resume.objects.update(leased_until=Now() - timedelta(seconds=1))  # time passes


def state(resume: Resume) -> tuple[str, str]:
    resume.refresh_from_db()
    return resume.state, resume.code


@pytest.mark.django_db(transaction=True)
def test_a_running_worker_reads_at_once(celery_worker_process: None) -> None:
    resume, _ = receive(by=an_account(), name="cv", content=io.BytesIO(files.text()))

    processes.wait_for(lambda: state(resume) == (ResumeState.READ, ""))

    assert resume.proposed == files.FIELDS
    resume.file.delete(save=False)


@pytest.mark.django_db(transaction=True)
def test_what_a_dead_worker_leased_is_read_by_the_next(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    resume = a_resume()
    a_worker_dies()

    read_all()

    assert (state(resume), resume.attempts) == ((ResumeState.READ, ""), 2)


@pytest.mark.django_db(transaction=True)
def test_a_file_that_workers_die_of_again_and_again_is_refused(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    resume = a_resume()
    for _ in range(ATTEMPTS):
        a_worker_dies()

    read_all()

    assert state(resume) == (ResumeState.REFUSED, "reader_died")


@pytest.mark.django_db
def test_a_batch_is_read_and_then_the_next(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(queue, "BATCH", 2)
    for _ in range(3):
        a_resume()

    assert [read_all(), read_all(), read_all()] == [2, 1, 0]


@pytest.mark.django_db
def test_each_resume_is_claimed_once_and_in_order(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    waiting = [a_resume() for _ in range(2)]

    assert [claim(), claim(), claim()] == [*waiting, None]


@pytest.mark.django_db
@pytest.mark.parametrize("content", [files.text(), files.locked_office()], ids=["good", "refused"])
def test_a_worker_that_lost_its_lease_changes_nothing_any_more(
    settings: Any, tmp_path: Path, content: bytes, django_capture_on_commit_callbacks: Any
) -> None:
    """Neither the row nor the file, whatever it has found: by now both are another worker's."""
    settings.MEDIA_ROOT = tmp_path
    resume = a_resume()
    slow = claim()
    assert slow
    with slow.file.storage.open(slow.file.name or "", "wb") as file:
        file.write(content)
    slow.attempts = ATTEMPTS + (content != files.text())
    Resume.objects.update(leased_until=Now() - timedelta(seconds=1))
    claim()

    with django_capture_on_commit_callbacks(execute=True):
        read_one(slow)

    assert state(resume) == (ResumeState.PENDING, "")
    assert resume.file.storage.exists(resume.file.name or "")


@pytest.mark.django_db
def test_what_the_database_cannot_store_is_left_out_and_the_next_file_is_read(
    settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    document = rb'{"basics": {"name": "Li\u0000 Na\ud800", "phone": "\u0000"}}'
    hostile, _ = receive(by=an_account(), name="cv.json", content=io.BytesIO(document))
    after = a_resume()

    assert read_all() == 2

    assert [state(resume) for resume in (hostile, after)] == [("read", "")] * 2
    assert hostile.proposed == {"basics": {"name": "Li Na", "phone": ""}, "education": []}


@pytest.mark.django_db
def test_a_file_that_is_gone_is_unreadable(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    resume = a_resume()
    resume.file.storage.delete(resume.file.name or "")

    read_all()

    assert state(resume) == (ResumeState.UNREADABLE, "damaged")


@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_many_times_at_once_is_one_resume(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    account = an_account()

    def send(_number: int) -> tuple[int, bool]:
        try:
            resume, is_new = receive(by=account, name="cv", content=io.BytesIO(files.text()))
            return resume.pk, is_new
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(16)))

    assert len({pk for pk, _ in answers}) == 1
    assert sorted(is_new for _, is_new in answers) == [False] * 15 + [True]
    assert len([file for file in tmp_path.rglob("*") if file.is_file()]) == 1
