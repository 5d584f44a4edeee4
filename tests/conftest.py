"""The fixtures that every room's tests share: real servers, and a real browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Max
from django.utils import translation
from jsonschema import Draft202012Validator
from playwright.sync_api import Browser, Page, sync_playwright

from ats.events.catalogue import schema
from ats.models import Event, Membership
from ats.models.event_catalogue import CATALOGUE
from backend.celery import app
from tests.factories import a_member, an_organisation
from tests.processes import python, running, serving_site, site_environment, wait_for
from tests.routes.world import World, a_world

app.loader.import_default_modules()  # as a worker does: tests call tasks by name

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# Not part of `make test`, which people wait for, but of every change: `make test-long`.
LONG = (
    "applications/apply/test_insert.py::test_the_statement_does_what_the_plain_version_does",
    "applications/apply/test_race.py",
    "applications/apply/test_spike.py",
    "architecture/test_shape.py::test_the_openapi_document",
    "events/test_feed.py::test_a_reader_misses_nothing",
    "backend/test_run.py::test_it_serves_the_demo",
    "backend/test_settings.py::test_the_deployment_check",
    "browser/test_docs.py",
    "contract/",
    "crash/",
    "eligibility/test_no_drift.py",
    "journeys/test_demo.py",
    "journeys/test_generated_client.py",
    "applications/moves/test_invariants.py",
    "applications/test_assignment.py::test_recruiters_who_distribute_at_once",
    "selection/interviews/test_slots.py::test_of_recruiters_who_book",
    "selection/interviews/test_interviews.py::test_of_candidates_who_choose_one_slot_at_once",
    "selection/interviews/test_interviews.py::test_one_person_who_chooses_in_two_interviews_at_once",
    "selection/interviews/test_interviews.py::test_two_recruiters_who_fill_a_day_at_once",
    "races/",
    "migrations/",
    "people/resumes/test_hostile.py",
    "people/resumes/test_queue.py::test_a_file_that_workers_die_of",
    "people/resumes/test_queue.py::test_what_a_dead_worker_leased",
    "triage/test_queue.py::test_no_two_people_ever_hold",
    "triage/test_queue.py::test_all_who_ask_at_once",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.removeprefix("tests/").startswith(LONG):
            item.add_marker(pytest.mark.long)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A row of everything and a visitor of every kind, made once for all tests of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = a_world()
        connection.check_constraints()  # once: what is left to check is checked after every test
        yield made
        transaction.set_rollback(True)


VALIDATORS = {kind.value: Draft202012Validator(schema(kind)) for kind in CATALOGUE}


@pytest.fixture(autouse=True)
def _every_event_keeps_its_schema(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test of the database writes to the log says what the catalogue promises."""
    if request.node.get_closest_marker("django_db") is None:
        yield
        return
    request.getfixturevalue("_django_db_helper")
    last = Event.objects.aggregate(Max("pk", default=0))["pk__max"]
    yield
    for kind, data in Event.objects.filter(pk__gt=last).values_list("type", "data")[:500]:
        VALIDATORS[kind].validate(data)


@pytest.fixture
def recruiter(db: None) -> Membership:
    """Of an organisation of their own."""
    return a_member(an_organisation())


@pytest.fixture(autouse=True)
def _begins_in_the_usual_language() -> None:
    """A request leaves its language behind in the thread, for whoever comes next."""
    translation.deactivate()


@pytest.fixture
def mailbox_folder() -> Path:
    """The Maildir, emptied, into which real processes put the mail they send."""
    folder = Path(os.environ["MAILBOX_DIR"])
    shutil.rmtree(folder, ignore_errors=True)
    for part in ("tmp", "new", "cur"):
        (folder / part).mkdir(mode=0o700, parents=True)
    return folder


@pytest.fixture(scope="session")
def _celery_worker(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    command = python("-m", "celery", "-A", "backend", "worker", "-c", "1", "-l", "WARNING")
    log = tmp_path_factory.mktemp("celery") / "worker.log"
    with running(command, env=site_environment(), log=log):
        wait_for(lambda: app.control.ping(timeout=0.2))
        yield


@pytest.fixture
def celery_worker_process(_celery_worker: None, transactional_db: None) -> None:
    """A real Celery worker on this test's database, which therefore commits."""


@pytest.fixture(scope="session")
def _site(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving_site(tmp_path_factory.mktemp("granian") / "site.log", env=site_environment()) as address:
        yield address


@pytest.fixture
def live_site(_site: str, transactional_db: None) -> str:
    """The address of the real site (granian), on this test's database, which commits."""
    return _site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium of the system; the test is skipped where there is none."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        pytest.skip("no chromium on this machine")
    # Playwright runs an event loop in this thread, where Django would refuse its database.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def browser_page(browser: Browser) -> Iterator[Page]:
    """A page of a fresh browser profile, in English."""
    context = browser.new_context(locale="en-GB")
    yield context.new_page()
    context.close()
