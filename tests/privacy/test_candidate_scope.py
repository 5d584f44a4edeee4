"""Nothing that the team does within itself changes a byte of what the candidate reads."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.models.functions import Now

from ats.applications.assignments import assign_applications
from ats.applications.moves import move_applications, undo_move
from ats.applications.moves.closing import close_announced
from ats.applications.notes import add_note
from ats.applications.tags import tag_applications
from ats.delivery.sending import drain
from ats.models import (
    Application,
    Assessment,
    Delivery,
    Interview,
    MoveKind,
    Offer,
    RejectionReason,
    Tag,
)
from ats.models.application import VISIBLE_STATE
from ats.selection.assessments import file_result
from ats.selection.offers.by_members import approve_offer, draft_offer, rewrite_offer, withdraw_offer
from ats.selection.scorecards import draft_scorecard, submit_scorecard
from tests.eligibility.rules import rules_of
from tests.factories import a_posting
from tests.routes.declared import ROUTES
from tests.routes.rows.scene import Scene
from tests.routes.world import World, a_world

pytestmark = pytest.mark.django_db

READ_BY_CANDIDATES = [
    route
    for route in ROUTES
    if route.method == "GET" and (route.face == "me" or route.path == "/api/v1/calendar/<token>.ics")
]
WAIT = {"kind": "wait_after_rejection", "params": {"days": 30, "scope": "organisation"}}
HIRED_NOWHERE = {"kind": "not_hired", "params": {"scope": "organisation"}}


@pytest.fixture
def world(db: None) -> World:
    """With a posting that asks for what came before; all that was due is sent."""
    made = a_world()
    posting = a_posting(made.organisation)
    rules_of(posting, {"any": [WAIT, {"not": HIRED_NOWHERE}]})
    made.ids["picky"] = posting.pk
    drain()
    mail.outbox.clear()
    return made


def read(world: World, visitor: str = "candidate") -> dict[str, bytes]:
    """Every answer, as bytes; and what comes of applying elsewhere, which is undone."""
    client = world.clients[visitor]
    read: dict[str, bytes] = {}
    for route in READ_BY_CANDIDATES:
        answer = client.get(world.address(route.line))
        read[route.line] = b"".join(answer) if answer.streaming else answer.content
    with transaction.atomic():
        answer = client.post("/api/v1/me/applications/", {"posting": world.ids["picky"]})
        read["applying elsewhere"] = str((answer.status_code, answer.json().get("verdict"))).encode()
        transaction.set_rollback(True)
    return {name: text for name, text in read.items() if "archive" not in name}  # a zip has the time in it


def mails_to(world: World) -> list[str]:
    drain()
    address = world.accounts["candidate"].email
    return [str(sent.subject) for sent in mail.outbox if address in sent.to]


def scene_of(world: World) -> Scene:
    return Scene(world.organisation, world.accounts, world.ids)


def hopeful(world: World) -> Application:
    return Application.objects.get(pk=world.ids["hopeful"])


def an_offer_is_drafted(world: World) -> None:
    draft_offer(
        by=scene_of(world).member("owner"), application=hopeful(world), terms="Twelve weeks", pay="9000"
    )


def an_offer_is_approved(world: World) -> None:
    owner = scene_of(world).member("owner")
    an_offer_is_drafted(world)
    offer = Offer.objects.get(application=hopeful(world))
    approve_offer(by=owner, offer=rewrite_offer(by=owner, offer=offer, terms="Ten weeks"))


def an_offer_is_never_made(world: World) -> None:
    an_offer_is_approved(world)
    offer = Offer.objects.get(application=hopeful(world))
    withdraw_offer(by=scene_of(world).member("owner"), offer=offer)


def a_note_is_written(world: World) -> None:
    add_note(by=scene_of(world).member("owner"), application=hopeful(world), text="Calm.")


def a_score_is_filed(world: World) -> None:
    owner = scene_of(world).member("owner")
    card = draft_scorecard(by=owner, application=hopeful(world), recommendation="yes", comment="Calm.")
    submit_scorecard(by=owner, scorecard=card)


def a_test_is_scored(world: World) -> None:
    assessment = Assessment.objects.get(pk=world.ids["assessments"])
    owner = scene_of(world).member("owner")
    file_result(
        by=owner, assessment=assessment, application=hopeful(world), external_id="x-9", score=Decimal(9)
    )


def it_is_assigned(world: World) -> None:
    scene = scene_of(world)
    to = scene.member("recruiter")
    assign_applications(by=scene.member("owner"), applications=[world.ids["hopeful"]], to=to)


def it_is_tagged(world: World) -> None:
    tag = Tag.objects.get(pk=world.ids["tags"])
    tag_applications(by=scene_of(world).member("owner"), tag=tag, applications=[world.ids["hopeful"]])


def everything_is_rejected(world: World) -> None:
    reject(world, *theirs(world).values_list("pk", flat=True))


def everything_is_rejected_and_that_is_undone(world: World) -> None:
    move = reject(world, *theirs(world).values_list("pk", flat=True))
    undo_move(by=scene_of(world).member("owner"), move=move)


def theirs(world: World) -> Any:
    return Application.objects.filter(candidate__account=world.accounts["candidate"])


def reject(world: World, *applications: int) -> int:
    reason = RejectionReason.objects.for_org(world.organisation).earliest("position").pk
    batch, _items = move_applications(
        by=scene_of(world).member("owner"),
        applications=list(applications),
        kind=MoveKind.REJECT,
        rejection_reason=reason,
    )
    return batch.pk


INTERNAL: list[Callable[[World], None]] = [
    an_offer_is_drafted,
    an_offer_is_approved,
    an_offer_is_never_made,
    a_note_is_written,
    a_score_is_filed,
    a_test_is_scored,
    it_is_assigned,
    it_is_tagged,
    everything_is_rejected,
    everything_is_rejected_and_that_is_undone,
]


@pytest.mark.parametrize("act", INTERNAL, ids=lambda act: str(act.__name__))
def test_what_is_internal_changes_no_byte_and_sends_no_mail(
    world: World, act: Callable[[World], None]
) -> None:
    before = read(world)

    act(world)

    after = read(world)
    assert {name: (text, after[name]) for name, text in before.items() if after[name] != text} == {}
    assert mails_to(world) == []


@pytest.mark.parametrize("name", ["hopeful", "extended", "applications"])
def test_withdrawing_before_a_rejection_is_announced_works_and_nobody_hears_of_the_rejection(
    world: World, name: str
) -> None:
    application = world.ids[name]
    if name == "extended":
        application = Offer.objects.get(pk=application).application_id
    answers: list[tuple[int, bytes, tuple[str, ...]]] = []
    for is_rejected in (False, True):
        with transaction.atomic():
            if is_rejected:
                reject(world, application)
            answer = world.clients["candidate"].post(f"/api/v1/me/applications/{application}/withdraw/")
            later(world)
            answers.append((answer.status_code, answer.content, tuple(mails_to(world))))
            transaction.set_rollback(True)
        mail.outbox.clear()

    assert answers[0] == answers[1]
    assert answers[0][0] == 200


def later(world: World) -> None:
    """All that waits is due."""
    Delivery.objects.filter(state="due").update(due_at=Now())
    drain()
    close_announced()
    Delivery.objects.filter(state="due").update(due_at=Now())


def test_when_the_rejection_is_announced_the_rest_ends_with_it(world: World) -> None:
    everything_is_rejected(world)

    later(world)

    shown = world.clients["candidate"].get("/api/v1/me/applications/").json()["results"]
    assert {row["state"] for row in shown} == {"rejected"}
    assert {row["next"] for row in shown} == {None}
    mine = {"application__candidate__account": world.accounts["candidate"]}
    assert not Offer.objects.filter(**mine, state__in=("draft", "approved", "extended")).exists()
    assert set(Interview.objects.filter(**mine).values_list("state", flat=True)) == {"cancelled"}
    assert close_announced() == 0


def test_an_offer_that_is_accepted_before_a_rejection_is_announced_is_accepted(world: World) -> None:
    """The candidate knew of the offer and of nothing else."""
    offer = Offer.objects.get(pk=world.ids["extended"])
    reject(world, offer.application_id)

    answer = world.clients["candidate"].post(f"/api/v1/me/offers/{offer.pk}/accept/")
    later(world)

    assert (answer.status_code, answer.json()["state"]) == (200, "accepted")
    assert Application.objects.get(pk=offer.application_id).state == "hired"
    assert not [subject for subject in mails_to(world) if "about your application" in subject]


def test_an_interview_is_confirmed_before_a_rejection_is_announced(world: World) -> None:
    interview = Interview.objects.get(pk=world.ids["interviews"])
    reject(world, interview.application_id)

    answer = world.clients["candidate"].post(f"/api/v1/me/interviews/{interview.pk}/confirm/")

    assert (answer.status_code, answer.json()["state"]) == (200, "confirmed")


def test_an_endpoint_that_does_not_answer_hides_no_rejection(world: World) -> None:
    """Only the mail to the candidate announces it."""
    reject(world, world.ids["hopeful"])
    Delivery.objects.filter(recipient__startswith="candidate:", state="due").update(
        state="sent", settled_at=Now()
    )

    assert not Application.objects.visibly_active().filter(pk=world.ids["hopeful"]).exists()


def test_the_statement_and_the_query_set_say_the_same(world: World) -> None:
    reject(world, world.ids["hopeful"])
    Application.objects.filter(pk=world.ids["applications"]).update(state="rejected")

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT a.id, {VISIBLE_STATE.format('a')} FROM ats_application a")
        by_statement = dict(cursor.fetchall())

    rows: Any = Application.objects.with_visible_state()
    shown = {row.pk: row.visible_state for row in rows}
    assert by_statement == shown
    assert (shown[world.ids["hopeful"]], shown[world.ids["applications"]]) == ("active", "rejected")
