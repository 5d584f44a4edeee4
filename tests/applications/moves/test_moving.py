from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.applications.moves import move_applications
from ats.common.errors import NotFound
from ats.models import (
    Application,
    ApplicationState,
    Delivery,
    Event,
    Membership,
    Move,
    Organisation,
    Role,
    Stage,
    Transition,
)
from tests.factories import a_candidate, a_member, a_posting, an_application, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def recruiter(organisation: Organisation) -> Membership:
    return a_member(organisation)


def stage(organisation: Organisation, name: str) -> Stage:
    return Stage.objects.for_org(organisation).get(name=name)


def results(by: Membership, to: str, *applications: Application, **options: Any) -> list[str]:
    """What became of each application, in the order in which they are named."""
    _batch, items = move_applications(
        by=by,
        applications=[row.pk for row in applications],
        to_stage=stage(by.organisation, to).pk,
        **options,
    )
    became = {item.application: item.result.value for item in items}
    return [became[row.pk] for row in applications]


def test_moving_changes_the_stage_and_tells_of_it(recruiter: Membership) -> None:
    application = an_application(a_posting(recruiter.organisation))
    applied, screening = application.stage, stage(recruiter.organisation, "Screening")

    assert results(recruiter, "Screening", application, reason="strong") == ["moved"]

    application.refresh_from_db()
    event = Event.objects.get()
    assert application.stage == screening
    assert (event.type, event.application, event.actor) == (
        "application.moved",
        application,
        recruiter,
    )
    assert (event.data["from_stage"], event.data["to_stage"]) == (applied.pk, screening.pk)
    assert (event.move, event.move and event.move.moved) == (Move.objects.get(reason="strong"), 1)
    assert Delivery.objects.get(event=event).recipient == f"candidate:{application.candidate_id}"


def test_each_refusal_says_why_and_changes_nothing(recruiter: Membership) -> None:
    organisation = recruiter.organisation
    posting = a_posting(organisation)
    gone = an_application(posting, state=ApplicationState.WITHDRAWN)
    there = an_application(posting, stage=stage(organisation, "Screening"))
    far = an_application(posting, stage=stage(organisation, "Hired"))
    foreign = an_application(a_posting(an_organisation()))
    before = list(Application.objects.order_by("pk").values())

    refused = results(recruiter, "Screening", gone, there, far, foreign, Application(pk=10**15))

    assert refused == ["not_active", "already_there", "no_such_edge", "not_found", "not_found"]
    assert list(Application.objects.order_by("pk").values()) == before
    assert not Event.objects.exists()


def test_one_who_left_the_stage_meanwhile_stays_where_they_are(recruiter: Membership) -> None:
    organisation = recruiter.organisation
    application = an_application(a_posting(organisation))

    seen_at = stage(organisation, "Interview").pk

    assert results(recruiter, "Screening", application, expected_stage=seen_at) == ["stage_changed"]


@pytest.mark.parametrize(
    ("role", "result"),
    [(Role.VIEWER, "role_too_low"), (Role.INTERVIEWER, "role_too_low"), (Role.OWNER, "moved")],
)
def test_an_edge_asks_for_a_role(organisation: Organisation, role: Role, result: str) -> None:
    Transition.objects.for_org(organisation).update(least_role=Role.OWNER)

    moved = results(a_member(organisation, role), "Screening", an_application(a_posting(organisation)))

    assert moved == [result]


def test_a_dry_run_answers_alike_and_keeps_nothing(recruiter: Membership) -> None:
    posting = a_posting(recruiter.organisation)
    gone = an_application(posting, state=ApplicationState.REJECTED)
    application = an_application(posting)

    tried = results(recruiter, "Screening", application, gone, dry_run=True)

    kept = Move.objects.count(), Event.objects.count(), Delivery.objects.count()
    application.refresh_from_db()
    assert (application.stage.name, kept) == ("Applied", (0, 0, 0))
    assert tried == results(recruiter, "Screening", application, gone) == ["moved", "not_active"]


def test_a_foreign_stage_is_as_absent_as_none(recruiter: Membership) -> None:
    foreign = stage(an_organisation(), "Screening")

    with pytest.raises(NotFound) as refused:
        move_applications(by=recruiter, applications=[1], to_stage=foreign.pk)

    assert (refused.value.code, refused.value.field) == ("stage_not_found", "to_stage")


def test_an_application_named_twice_is_moved_once(recruiter: Membership) -> None:
    application = an_application(a_posting(recruiter.organisation))

    batch, items = move_applications(
        by=recruiter,
        applications=[application.pk] * 2,
        to_stage=stage(recruiter.organisation, "Screening").pk,
    )

    assert (batch.asked, batch.moved, len(items), Event.objects.count()) == (1, 1, 1, 1)


def test_a_thousand_cost_as_many_statements_as_one(recruiter: Membership) -> None:
    posting = a_posting(recruiter.organisation)
    candidate = a_candidate(recruiter.organisation)
    first = an_application(posting, candidate)
    many = Application.objects.bulk_create(
        Application(
            organisation=recruiter.organisation,
            campaign=posting.campaign,
            posting=posting,
            candidate=a_candidate(recruiter.organisation),
            track=posting.track,
            stage=first.stage,
        )
        for _ in range(1000)
    )

    counts = [statements(recruiter, [first]), statements(recruiter, many)]

    assert counts[0] == counts[1]
    assert Event.objects.count() == Delivery.objects.count() == 1001


def statements(by: Membership, applications: list[Application]) -> int:
    to_stage = stage(by.organisation, "Screening").pk
    with CaptureQueriesContext(connection) as captured:
        move_applications(by=by, applications=[row.pk for row in applications], to_stage=to_stage)
    return len(captured)
