"""What a note of an access waits for is its own affair: no change that comes with or after it waits less."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from ats.models import AccessRecord
from ats.privacy.access_log import record_access, record_access_by_applications
from tests.factories import a_candidate, a_member, a_posting, an_application, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def durable_server(transactional_db: None) -> Iterator[None]:
    """Commits wait for the disk, which those of the test server do not."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET synchronous_commit")


def waiting() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        return str(cursor.fetchone()[0])


@pytest.mark.usefixtures("durable_server")
def test_changes_after_a_note_wait_for_the_disk() -> None:
    member = a_member(an_organisation())
    candidate = a_candidate(member.organisation)

    record_access(by=member, resource="candidates", candidates=[candidate.pk])

    assert AccessRecord.objects.get().candidates == [candidate.pk]
    assert waiting() == "on"


@pytest.mark.usefixtures("durable_server")
def test_a_change_that_a_note_is_part_of_waits_for_the_disk() -> None:
    member = a_member(an_organisation())
    application = an_application(a_posting(member.organisation))

    with transaction.atomic():
        record_access_by_applications(by=member, resource="moves", applications=[application.pk])
        assert waiting() == "on"

    assert AccessRecord.objects.get().candidates == [application.candidate_id]
