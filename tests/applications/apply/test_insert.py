"""The one statement that takes an application does what its plain version does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ats.applications.apply.context import ApplyContext, load_context
from ats.applications.apply.insert import insert_application
from ats.eligibility.verdicts.document import Document
from ats.models import (
    Account,
    Application,
    ApplicationState,
    Candidate,
    Delivery,
    Event,
    Posting,
    PostingState,
    QuestionSet,
    Stage,
    Verdict,
)
from tests.factories import (
    a_campaign,
    a_candidate,
    a_posting,
    a_resume,
    an_account,
    an_application,
    an_education,
    an_organisation,
)

pytestmark = pytest.mark.django_db

VERDICT: Document = {
    "posting": 1,
    "outcome": "eligible",
    "sentence": {"en": "", "zh": ""},
    "rules": [],
    "preferred": [{"outcome": "met", "sentence": {"en": "", "zh": ""}}],
    "rule_sets": [{"id": 7, "scope": "posting", "version": 1}],
}


@dataclass(frozen=True)
class Case:
    """What may be true when somebody applies; `rank` is that of another application of theirs."""

    state: str
    begins_in: int  # days
    ends_in: int
    asks_anew: bool
    has_applied: bool
    rank: int | None
    rank_is_active: bool
    preference: int | None
    is_judged: bool
    studies: bool
    sends_resume: bool


CASES = st.builds(
    Case,
    state=st.sampled_from(["open", "open", "open", "paused", "closed"]),
    begins_in=st.sampled_from([-9, -9, -9, 2]),
    ends_in=st.sampled_from([9, 9, 9, -2]),
    asks_anew=st.sampled_from([False, False, True]),
    has_applied=st.sampled_from([False, False, True]),
    rank=st.sampled_from([None, 1, 2]),
    rank_is_active=st.booleans(),
    preference=st.sampled_from([None, 1, 2]),
    is_judged=st.booleans(),
    studies=st.booleans(),
    sends_resume=st.booleans(),
)


def plainly(
    wanted: ApplyContext, candidate: Candidate, *, by: Account, case: Case
) -> dict[str, object] | None:
    """The plain version: what is stored, in facts; None when nothing is."""
    posting = Posting.objects.select_related("campaign").get(pk=wanted.posting.pk)
    own = Application.objects.filter(candidate=candidate)
    ranked = own.filter(campaign=posting.campaign, state=ApplicationState.ACTIVE).exclude(preference=None)
    today = localdate()
    is_open = posting.state == PostingState.OPEN
    is_open &= posting.campaign.opens_on < today < posting.campaign.closes_on
    if (
        not is_open
        or own.filter(posting=posting).exists()
        or posting.question_set_id != wanted.posting.question_set_id
        or ranked.filter(preference=case.preference).exclude(posting=posting).exists()
    ):
        return None
    latest = candidate.educations.filter(is_latest=True).first()
    stage = Stage.objects.filter(pipeline=posting.pipeline).earliest("position")
    return {
        "application": (posting.pk, posting.campaign_id, posting.track_id, candidate.pk, stage.pk),
        "facts": (latest and latest.graduates_until, case.preference, "fair", wanted.resume, {"why": "so"}),
        "preferred_met": int(case.is_judged),
        "verdict": ("eligible", [7]) if case.is_judged else None,
        "event": (None, {"stage": stage.pk, "track": posting.track.code}),
        "told": [f"candidate:{candidate.pk}"],
    }


def stored(made: Application | None) -> dict[str, object] | None:
    if made is None:
        assert not Event.objects.exists()
        return None
    row = Application.objects.get(pk=made.pk)
    shown = (
        "stage_id",
        "graduates_from",
        "graduates_until",
        "preference",
        "answers",
        "created_at",
        "resume_id",
        "state",
    )
    assert [getattr(made, name) for name in shown] == [getattr(row, name) for name in shown]
    event = Event.objects.get()
    verdict = Verdict.objects.filter(application=row).first()
    return {
        "application": (row.posting_id, row.campaign_id, row.track_id, row.candidate_id, row.stage_id),
        "facts": (row.graduates_until, row.preference, row.source, row.resume_id, row.answers),
        "preferred_met": row.preferred_met,
        "verdict": verdict and (verdict.outcome, verdict.rule_sets),
        "event": (event.actor_id, event.data),
        "told": list(Delivery.objects.filter(event=event).values_list("recipient", flat=True)),
    }


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def posed(case: Case) -> tuple[ApplyContext, Candidate, Account]:
    """The case as rows; the posting changes after it was looked up."""
    organisation, account, today = an_organisation(), an_account(), localdate()
    opens, closes = (today + timedelta(days=n) for n in (case.begins_in, max(case.begins_in, case.ends_in)))
    campaign = a_campaign(organisation, opens_on=opens, closes_on=closes)
    posting, candidate = a_posting(organisation, campaign=campaign), a_candidate(organisation)
    if case.studies:
        an_education(candidate)
    if case.rank:
        other = a_posting(organisation, campaign=campaign)
        state = "active" if case.rank_is_active else "withdrawn"
        an_application(other, candidate, preference=case.rank, state=state)
    if case.has_applied:
        an_application(posting, candidate)
    resume = a_resume(account).pk if case.sends_resume else None
    wanted = load_context(posting.pk, by=account, referral="", resume=resume)
    assert wanted
    Posting.objects.filter(pk=posting.pk).update(state=case.state)
    if case.asks_anew:
        asked = QuestionSet.objects.create(
            organisation=organisation, posting=posting, version=1, questions=[]
        )
        Posting.objects.filter(pk=posting.pk).update(question_set=asked)
    return wanted, candidate, account


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=CASES)
def test_the_statement_does_what_the_plain_version_does(case: Case) -> None:
    with undone():
        wanted, candidate, account = posed(case)

        expected = plainly(wanted, candidate, by=account, case=case)
        made = insert_application(
            wanted,
            candidate,
            verdict=VERDICT if case.is_judged else None,
            preference=case.preference,
            source="fair",
            answers={"why": "so"},
        )

        assert stored(made and made.application) == expected
