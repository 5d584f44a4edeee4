"""How many statements a move takes: as many for one application as for thirty."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from ats.applications.moves import move_applications, undo_move
from ats.models import Application, Membership, MoveKind, RejectionReason, Stage
from tests.factories import a_posting, an_application

pytestmark = pytest.mark.django_db
SAVEPOINTS = 2  # of the verb's own transaction, inside the test's


def inputs(by: Membership, kind: MoveKind) -> dict[str, Any]:
    return {
        MoveKind.STAGE: {"to_stage": Stage.objects.for_org(by.organisation).get(name="Hired").pk - 1},
        MoveKind.REJECT: {
            "rejection_reason": RejectionReason.objects.for_org(by.organisation).earliest("id").pk
        },
    }.get(kind, {})


@pytest.mark.parametrize("people", [1, 30])
@pytest.mark.parametrize(
    ("kind", "statements"),
    [
        (MoveKind.STAGE, 5),  # stage, move, lock, move, queue
        (MoveKind.HIRE, 6),  # move, lock, lock postings, move, offers, queue
        (MoveKind.REJECT, 6),  # reason, move, lock, move, offers, queue
        (MoveKind.WITHDRAW, 6),  # move, lock, lock postings, move, offers, queue
        (MoveKind.UNREJECT, 6),  # move, lock, move, queue, cancel, free what waited
    ],
)
def test_statements_of_a_move(
    recruiter: Membership,
    django_assert_num_queries: DjangoAssertNumQueries,
    kind: MoveKind,
    people: int,
    statements: int,
) -> None:
    posting = a_posting(recruiter.organisation)
    stage = Stage.objects.for_org(recruiter.organisation).get(
        name="Offer" if kind == MoveKind.HIRE else "Interview"
    )
    ids = [an_application(posting, stage=stage).pk for _ in range(people)]
    if kind == MoveKind.UNREJECT:
        move_applications(
            by=recruiter, applications=ids, kind=MoveKind.REJECT, **inputs(recruiter, MoveKind.REJECT)
        )
    more = inputs(recruiter, kind)

    with django_assert_num_queries(statements + SAVEPOINTS):
        batch, _items = move_applications(by=recruiter, applications=ids, kind=kind, **more)

    assert batch.moved == people


@pytest.mark.parametrize("people", [1, 30])
def test_statements_of_choosing_by_filter_and_of_undoing(
    recruiter: Membership, django_assert_num_queries: DjangoAssertNumQueries, people: int
) -> None:
    posting = a_posting(recruiter.organisation)
    for _ in range(people):
        an_application(posting)
    to = Stage.objects.for_org(recruiter.organisation).get(name="Screening").pk

    with django_assert_num_queries(6 + SAVEPOINTS):  # the five of a stage move, and the ids
        batch, _items = move_applications(
            by=recruiter, applications=Application.objects.filter(posting=posting), to_stage=to
        )
    # lock, undone already?, within the window?, which, move, lock stages, lock, move, queue, cancel, free
    with django_assert_num_queries(11 + SAVEPOINTS):
        undoing, _items, _related = undo_move(by=recruiter, move=batch.pk)

    assert (batch.moved, undoing.moved) == (people, people)
