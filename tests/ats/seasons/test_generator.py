"""Generated seasons in the database."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, TypeVar

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from ats.errors import Conflict, Invalid
from ats.models import (
    Application,
    Candidate,
    Delivery,
    Education,
    Event,
    EventType,
    Move,
    Organisation,
    Posting,
    StageKind,
    Transition,
)
from ats.seasons import loading, openings, staging
from ats.seasons.generator import Plan, make_season, plan_season

pytestmark = pytest.mark.django_db

Step = TypeVar("Step")


def small(organisation: str = "first", *, seed: int = 7, applications: int = 300) -> Plan:
    return plan_season(postings=20, applications=applications, seed=seed, organisation=organisation)


# All that a season says of each kind of row, without ids: the rows in order, what leads from one to
# its organisation, and the columns.
SAID: dict[str, tuple[QuerySet[Any], str, str]] = {
    "postings": (
        Posting.objects.order_by("id"),
        "organisation",
        "external_id title title_zh track__code head_count filled is_ai",
    ),
    "locations": (Posting.objects.order_by("id"), "organisation", "locations__name graduation"),
    "candidates": (
        Candidate.objects.order_by("id"),
        "organisation",
        "name email language created_at updated_at",
    ),
    "educations": (
        Education.objects.order_by("id"),
        "candidate__organisation",
        "candidate__email institution__name institution_name degree major starts_on graduates_on is_latest",
    ),
    "applications": (
        Application.objects.order_by("id"),
        "organisation",
        """
        candidate__email posting__external_id track__code graduates_on stage__kind state preference source
        created_at stage_entered_at state_entered_at updated_at
        """,
    ),
    "moves": (Move.objects.order_by("id"), "organisation", "to_stage__kind asked moved created_at"),
    "events": (
        Event.objects.filter(application__isnull=False).order_by("id"),
        "organisation",
        "type candidate__email posting__external_id move__to_stage__kind created_at",
    ),
}


def facts_of(slug: str) -> dict[str, list[tuple[Any, ...]]]:
    """All that a season says, in the order of its ids and without them."""
    return {
        name: list(rows.filter(**{f"{owner}__slug": slug}).values_list(*columns.split()))
        for name, (rows, owner, columns) in SAID.items()
    }


def test_the_same_seed_gives_the_same_season() -> None:
    make_season(small("first"))
    make_season(small("second"))

    assert facts_of("first") == facts_of("second")


def test_another_seed_gives_another_season() -> None:
    make_season(small("first", seed=7))
    make_season(small("second", seed=8))

    first, second = facts_of("first"), facts_of("second")
    assert [name for name in first if first[name] == second[name]] == []


def test_makes_exactly_what_was_asked_for() -> None:
    make_season(small(applications=300))

    counts = Posting.objects.count(), Candidate.objects.count(), Application.objects.count()
    assert counts == (20, 120, 300)
    assert Posting.objects.accepting().count() == 20


def test_the_log_replays_to_the_stage_of_each_application() -> None:
    make_season(small())
    edges = set(Transition.objects.values_list("from_stage_id", "to_stage_id"))

    replayed: dict[int, list[int]] = {}
    log = Event.objects.filter(application__isnull=False).order_by("id")
    for type_, application, data in log.values_list("type", "application_id", "data"):
        if type_ == EventType.APPLICATION_SUBMITTED:
            replayed[application] = [data["stage"]]
        else:
            assert data["from_stage"] == replayed[application][-1]
            replayed[application].append(data["to_stage"])

    assert {pk: way[-1] for pk, way in replayed.items()} == dict(
        Application.objects.values_list("id", "stage_id")
    )
    assert {edge for way in replayed.values() for edge in pairwise(way)} <= edges
    assert any(len(way) > 3 for way in replayed.values())


def test_the_log_is_in_the_order_of_time() -> None:
    make_season(small())

    times = list(
        Event.objects.filter(application__isnull=False).order_by("id").values_list("created_at", flat=True)
    )

    assert times == sorted(times)


def test_each_move_counts_its_events_and_names_who_did_it() -> None:
    make_season(small())

    moves = Move.objects.annotate(told=Count("events"))

    assert moves.exists()
    assert not moves.exclude(asked=F("told"), moved=F("told")).exists()
    assert not moves.exclude(actor__memberships__role__in=["owner", "recruiter"]).exists()
    assert not Event.objects.filter(move__isnull=False).exclude(actor=F("move__actor")).exists()


def test_only_people_inside_the_window_are_moved() -> None:
    make_season(small(applications=1000))
    outside = Application.objects.exclude(graduates_on__gte="2025-11-01", graduates_on__lt="2026-11-01")

    assert set(outside.values_list("stage__kind", flat=True)) == {StageKind.APPLIED}
    assert outside.filter(graduates_on=None).exists()
    assert set(Application.objects.values_list("stage__kind", flat=True)) == set(StageKind.values)


def test_places_are_filled_by_those_who_were_hired_and_nobody_is_hired_twice() -> None:
    make_season(small(applications=2000))
    hired = Count("applications", filter=Q(applications__stage__kind=StageKind.HIRED))

    assert not Posting.objects.annotate(hired=hired).exclude(filled=F("hired")).exists()
    assert Posting.objects.filter(filled=F("head_count")).exists()
    assert not Candidate.objects.annotate(hired=hired).filter(hired__gt=1).exists()


def test_nobody_is_told_of_what_is_made_up() -> None:
    make_season(small())

    assert not Delivery.objects.exists()


def test_a_season_exists_once() -> None:
    make_season(small())
    before = facts_of("first")

    with pytest.raises(Conflict, match="season_exists"):
        make_season(small(applications=10))

    assert facts_of("first") == before


def test_real_organisations_take_no_made_up_people() -> None:
    Organisation.objects.create(slug="first", name="A real one")

    with pytest.raises(Conflict, match="not_a_demo"):
        make_season(small("first"))


@pytest.mark.parametrize("last", ["Making people", "Ordering by time", "Applications", "Events"])
def test_an_interrupted_run_leaves_nothing(last: str) -> None:
    def interrupted(steps: Iterable[Step], /, *, doing: str) -> Iterable[Step]:
        yield from steps
        if doing == last:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_season(small(), progress=interrupted)

    left = [model.objects.count() for model in (Organisation, Posting, Candidate, Application)]
    assert left == [0, 0, 0, 0]
    make_season(small())


def test_statements_grow_with_the_batches_and_not_with_the_rows() -> None:
    assert statements("first", applications=60) == statements("second", applications=600)


def statements(organisation: str, *, applications: int) -> int:
    plan = small(organisation, applications=applications)
    assert max(applications * 4, plan.candidates) < min(
        staging.CHUNK, loading.PEOPLE_AT_ONCE, openings.BATCH * 5
    )
    with CaptureQueriesContext(
        connection,
    ) as queries:
        make_season(plan)
    return len(queries)


@pytest.mark.parametrize(("candidates", "makes"), [(25, 25), (300, 300), (None, 120)])
def test_candidates_may_be_given(candidates: int | None, makes: int) -> None:
    plan = plan_season(postings=20, applications=300, seed=7, candidates=candidates)

    make_season(plan)

    assert (Candidate.objects.count(), Application.objects.count()) == (makes, 300)


@pytest.mark.parametrize("candidates", [24, 301])
def test_candidates_that_cannot_make_the_applications_are_refused(candidates: int) -> None:
    with pytest.raises(Invalid, match="300 applications need 25 to 300 candidates"):
        plan_season(postings=20, applications=300, seed=7, candidates=candidates)


def test_a_season_without_postings_is_refused() -> None:
    with pytest.raises(Invalid, match="postings_too_few"):
        plan_season(postings=0, applications=300, seed=7)


def test_a_season_to_which_nobody_came() -> None:
    make_season(small(applications=0))

    assert (Posting.objects.count(), Candidate.objects.count()) == (20, 0)


def test_dry_run_says_the_plan_and_makes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("make_season", "--postings=30", "--applications=5000", "--dry-run")

    assert capsys.readouterr().out == (
        "Would make season-7 of season-7: 30 postings, 2,000 candidates, 5,000 applications.\n"
    )
    assert not Organisation.objects.exists()


def test_dry_run_refuses_what_the_run_would_refuse() -> None:
    Organisation.objects.create(slug="season-7", name="A real one")

    with pytest.raises(CommandError, match="season-7 is not a demo"):
        call_command("make_season", "--dry-run")


def test_command_refuses_with_one_sentence() -> None:
    with pytest.raises(CommandError, match="A season has at least one posting"):
        call_command("make_season", "--postings=0")
