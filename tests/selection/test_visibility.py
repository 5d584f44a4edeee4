"""An interviewer sees whom they interview, judge or look after; the organisation may open everything."""

from __future__ import annotations

from typing import Any

import pytest

from ats.applications.notes import add_note
from ats.models import Application, Membership, Organisation, Role, Scorecard
from tests.factories import a_client, a_member, a_posting, an_application, an_organisation
from tests.selection.test_scorecards import is_on_the_panel, looks_after, on_the_panel

pytestmark = pytest.mark.django_db


def has_judged(member: Membership, application: Application) -> None:
    Scorecard.objects.create(
        organisation=member.organisation, application=application, stage=application.stage, interviewer=member
    )


def everybody_sees(member: Membership, application: Application) -> None:
    Organisation.objects.update(interviewers_see_all=True)


PARTS = [is_on_the_panel, looks_after, has_judged, everybody_sees]
# What shows an application, its person, or something of either.
ADDRESSES = [
    "/api/v1/applications/{application}/",
    "/api/v1/candidates/{candidate}/",
    "/api/v1/notes/{note}/",
]
LISTS = ["/api/v1/applications/", "/api/v1/candidates/", "/api/v1/notes/"]


def the_scene() -> tuple[Membership, Application, dict[str, Any]]:
    """An interviewer, an application with a note on it, and the ids of both and of the person."""
    organisation = an_organisation()
    application = an_application(a_posting(organisation))
    note = add_note(by=a_member(organisation), application=application, text="Calm.")
    ids = {"application": application.pk, "candidate": application.candidate_id, "note": note.pk}
    return a_member(organisation, Role.INTERVIEWER), application, ids


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_takes_no_part_finds_nothing(address: str) -> None:
    member, _application, ids = the_scene()

    assert a_client(member.account).get(address.format(**ids)).status_code == 404


@pytest.mark.parametrize("address", LISTS)
def test_who_takes_no_part_is_listed_nothing(address: str) -> None:
    member, _application, _ids = the_scene()

    assert a_client(member.account).get(address).json()["results"] == []


@pytest.mark.parametrize("take_part", PARTS)
@pytest.mark.parametrize("address", ADDRESSES[:2])
def test_who_takes_part_sees_it(address: str, take_part: Any) -> None:
    member, application, ids = the_scene()
    take_part(member, application)

    assert a_client(member.account).get(address.format(**ids)).status_code == 200


@pytest.mark.parametrize(
    ("take_part", "status"),
    [(looks_after, 200), (everybody_sees, 200), (is_on_the_panel, 404), (has_judged, 404)],
)
def test_others_notes_wait_until_the_own_scorecard_is_filed(take_part: Any, status: int) -> None:
    member, application, ids = the_scene()
    take_part(member, application)

    assert a_client(member.account).get(ADDRESSES[2].format(**ids)).status_code == status


def test_with_the_own_scorecard_filed_the_notes_are_read() -> None:
    member, application, ids = the_scene()
    on_the_panel(member, application, application.stage)
    client = a_client(member.account)
    card = client.post("/api/v1/scorecards/", {"application": application.pk, "recommendation": "yes"})
    client.post(f"/api/v1/scorecards/{card.json()['id']}/submit/")

    assert client.get(ADDRESSES[2].format(**ids)).status_code == 200


def test_the_own_note_is_always_read() -> None:
    member, application, _ids = the_scene()
    on_the_panel(member, application, application.stage)
    client = a_client(member.account)

    mine = client.post("/api/v1/notes/", {"application": application.pk, "text": "Strong."})

    assert client.get(f"/api/v1/notes/{mine.json()['id']}/").json()["text"] == "Strong."


@pytest.mark.parametrize("path", ["notes", "scorecards"])
def test_nothing_is_written_about_whom_one_does_not_see(path: str) -> None:
    member, application, _ids = the_scene()

    answer = a_client(member.account).post(f"/api/v1/{path}/", {"application": application.pk, "text": "?"})

    assert answer.status_code == 400


def test_nobody_is_moved_whom_one_does_not_see_and_absent_ids_are_answered_alike() -> None:
    member, application, _ids = the_scene()
    client = a_client(member.account)
    to_stage = application.stage_id

    hidden = client.post("/api/v1/moves/", {"applications": [application.pk], "to_stage": to_stage})
    absent = client.post("/api/v1/moves/", {"applications": [999_999_999], "to_stage": to_stage})

    assert (hidden.status_code, hidden.json()) == (400, absent.json())


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.OWNER])
@pytest.mark.parametrize("address", ADDRESSES)
def test_recruiters_see_everybody(address: str, role: Role) -> None:
    _member, application, ids = the_scene()
    recruiter = a_member(application.organisation, role)

    assert a_client(recruiter.account).get(address.format(**ids)).status_code == 200
