from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from ats.eligibility.facts import of_applications, of_candidate
from ats.eligibility.rule_book import effective_rules
from ats.eligibility.verdicts.judge import judge
from ats.models import Application, Candidate, Event, Organisation, Posting, RuleSet
from tests.eligibility.rules import BACHELOR, WINDOW_2026, rules_of
from tests.factories import (
    a_candidate,
    a_client,
    a_member,
    a_posting,
    an_application,
    an_education,
    an_organisation,
)

pytestmark = pytest.mark.django_db

GRADUATIONS = [None, "2025-10", "2025-11", "2026-06", "2026-10-31", "2027-06"]
WIDER = {"kind": "graduation_window", "params": {"ranges": [{"from": "2026-06", "to": "2027-06"}]}}
MASTER = {"kind": "degree", "params": {"least": "master"}}


def a_crowd(postings: list[Posting]) -> None:
    """Candidates of every graduation and degree, each with an open application at one of the postings."""
    for number, month in enumerate(GRADUATIONS * 3):
        candidate = a_candidate(postings[0].organisation)
        an_education(candidate, graduation=month, degree=[3, 4, None][number % 3])
        an_application(postings[number % len(postings)], candidate)


def outcomes_of_candidates(organisation: Organisation) -> dict[int, str]:
    """Each candidate's best outcome, one person and one posting at a time."""
    rules = effective_rules(Posting.objects.for_org(organisation))
    best = {}
    for pk in Candidate.objects.values_list("pk", flat=True):
        found = [judge(row, of_candidate(pk, on=row.context.on))["outcome"] for row in rules]
        best[pk] = min(found, key=["eligible", "unknown", "not_eligible"].index)
    return best


def outcomes_of_applications() -> dict[int, str]:
    found = {}
    for row in Application.objects.all():
        (rules,) = effective_rules(Posting.objects.filter(pk=row.posting_id))
        found[row.pk] = judge(rules, of_applications([row.pk], on=rules.context.on))["outcome"]
    return found


def changes(before: dict[int, str], after: dict[int, str]) -> list[dict[str, Any]]:
    pairs = Counter((before[pk], after[pk]) for pk in before)
    return [
        {
            "before": was,
            "after": is_now,
            "count": count,
            "examples": []
            if was == is_now
            else [pk for pk in sorted(before) if (before[pk], after[pk]) == (was, is_now)],
        }
        for (was, is_now), count in sorted(pairs.items())
    ]


@pytest.mark.parametrize("tree", [WIDER, {"all": [WINDOW_2026, MASTER]}, {"not": WINDOW_2026}, {"all": []}])
@pytest.mark.parametrize("scope", ["campaign", "posting"])
def test_the_preview_is_what_a_recount_finds_after_saving(tree: Any, scope: str) -> None:
    organisation = an_organisation()
    postings = [a_posting(organisation)]
    if scope == "campaign":
        postings.append(a_posting(organisation, campaign=postings[0].campaign))
        rules_of(postings[1], BACHELOR)
    subject: Any = postings[0].campaign if scope == "campaign" else postings[0]
    rules_of(subject, WINDOW_2026)
    a_crowd(postings)
    client = a_client(a_member(organisation).account)
    before = outcomes_of_candidates(organisation), outcomes_of_applications()
    stored = RuleSet.objects.count(), Event.objects.count()

    preview = client.post("/api/v1/rules/preview/", {scope: subject.pk, "tree": tree}).json()

    assert (RuleSet.objects.count(), Event.objects.count()) == stored
    client.post("/api/v1/rules/", {scope: subject.pk, "tree": tree})
    after = outcomes_of_candidates(organisation), outcomes_of_applications()
    assert preview == {
        "postings": len(postings),
        "candidates": changes(before[0], after[0]),
        "applications": changes(before[1], after[1]),
        "cut_months": [],
    }


def test_a_preview_refuses_what_saving_would() -> None:
    posting = a_posting(an_organisation())
    client = a_client(a_member(posting.organisation).account)

    answer = client.post("/api/v1/rules/preview/", {"posting": posting.pk, "tree": {"any": []}})

    assert (answer.status_code, answer.json()["code"]) == (400, "nobody_can_meet")
