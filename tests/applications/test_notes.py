from __future__ import annotations

import pytest

from ats.models import Event, Note, Role
from tests.factories import a_client, a_member, a_posting, an_application, an_organisation
from tests.selection.test_scorecards import looks_after

pytestmark = pytest.mark.django_db


def test_an_interviewer_writes_a_note_that_only_they_rewrite_and_an_owner_deletes() -> None:
    organisation = an_organisation()
    application = an_application(a_posting(organisation))
    author, owner = a_member(organisation, Role.INTERVIEWER), a_member(organisation, Role.OWNER)
    looks_after(author, application)
    own, owners = a_client(author.account), a_client(owner.account)

    made = own.post("/api/v1/notes/", {"application": application.pk, "text": "Strong in graphs"})
    address = f"/api/v1/notes/{made.json()['id']}/"
    refused = owners.patch(address, {"text": "Weak"})
    rewritten = own.patch(address, {"text": "Strong in graphs and strings"})
    listed = owners.get(f"/api/v1/notes/?application={application.pk}").json()["results"]
    deleted = owners.delete(address)

    assert (made.status_code, rewritten.status_code, deleted.status_code) == (201, 200, 204)
    assert (refused.status_code, refused.json()["code"]) == (403, "note_not_yours")
    assert [(row["author"], row["text"]) for row in listed] == [(author.pk, "Strong in graphs and strings")]
    assert not Note.objects.exists()
    assert list(Event.objects.values_list("type", "application")) == [
        (kind, application.pk) for kind in ("note.added", "note.changed", "note.removed")
    ]


def test_a_viewer_sees_no_notes_and_a_stranger_finds_none() -> None:
    organisation, other = an_organisation(), an_organisation()
    application = an_application(a_posting(organisation))
    viewer, stranger = a_member(organisation, Role.VIEWER), a_member(other)

    seen = a_client(viewer.account).get("/api/v1/notes/")
    written = a_client(stranger.account).post(
        "/api/v1/notes/", {"application": application.pk, "text": "Hello"}
    )

    assert seen.status_code == 403
    assert (written.status_code, written.json()["errors"][0]["pointer"]) == (400, "/application")
