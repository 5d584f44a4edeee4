"""What is preferred orders people and refuses nobody."""

from __future__ import annotations

from typing import Any

import pytest

from ats.models import Application
from tests.eligibility.rules import BACHELOR, rules_of
from tests.factories import a_client, a_member, a_posting, an_account, an_organisation

pytestmark = pytest.mark.django_db

ENGLISH = {"kind": "language_test", "params": {"test": "cet4", "least": 425}}
TOP = {"kind": "grade", "params": {"top_percent": 10}}
RULES = {"all": [BACHELOR, {"preferred": ENGLISH}, {"preferred": TOP}]}


def a_student(**more: Any) -> Any:
    study = {"institution": "A school", "studyType": "Bachelor", "endDate": "2026-06"}
    return a_client(an_account(profile={"basics": {"name": "Li Na"}, "education": [study], **more}))


def test_whoever_meets_most_of_what_is_preferred_comes_first() -> None:
    posting = a_posting(an_organisation())
    rules_of(posting, RULES)
    tests = {"languageTests": [{"test": "cet4", "score": 500}]}
    people = [
        a_student(**tests, grades=[{"rank": 20, "of": 100}]),
        a_student(**tests, grades=[{"rank": 10, "of": 100}]),
        a_student(),
    ]

    made = [
        person.post("/api/v1/me/applications/", {"posting": posting.pk}).json()["id"] for person in people
    ]

    recruiter = a_client(a_member(posting.organisation).account)
    rows = recruiter.get("/api/v1/applications/?order=preferred").json()["results"]
    assert [(row["id"], row["preferred_met"]) for row in rows] == [(made[1], 2), (made[0], 1), (made[2], 0)]


def test_a_preference_that_is_added_counts_once_people_are_judged_again() -> None:
    posting = a_posting(an_organisation())
    rules_of(posting, BACHELOR)
    person = a_student(languageTests=[{"test": "cet4", "score": 500}])
    person.post("/api/v1/me/applications/", {"posting": posting.pk})
    recruiter = a_client(a_member(posting.organisation).account)
    rules = rules_of(posting, RULES)
    before = Application.objects.get().preferred_met

    report = recruiter.post(f"/api/v1/rules/{rules.pk}/rejudge/").json()

    assert report == {"judged": 1, "changed": [], "next": None}
    assert (before, Application.objects.get().preferred_met) == (0, 1)


def test_a_preference_has_its_outcome_in_the_verdict_and_decides_nothing() -> None:
    posting = a_posting(an_organisation())
    rules_of(posting, {"preferred": ENGLISH})
    question = {"facts": {"language_tests": []}, "posting": posting.pk}

    found = a_client().post("/api/v1/eligibility/check", question).json()

    asked = {"en": "CET-4 of at least 425", "zh": "大学英语四级425分及以上"}
    assert (found["outcome"], found["rules"]) == ("eligible", [])
    assert found["preferred"] == [{"outcome": "not_met", "sentence": asked}]


@pytest.mark.parametrize(
    ("tree", "pointer"),
    [
        ({"any": [BACHELOR, {"preferred": ENGLISH}]}, "/tree/any/1"),
        ({"not": {"preferred": ENGLISH}}, "/tree/not"),
        ({"all": [{"all": [{"preferred": ENGLISH}]}]}, "/tree/all/0/all/0"),
    ],
)
def test_only_at_the_top_can_something_be_preferred(tree: Any, pointer: str) -> None:
    posting = a_posting(an_organisation())
    client = a_client(a_member(posting.organisation).account)

    answer = client.post("/api/v1/rules/", {"posting": posting.pk, "tree": tree})

    errors = [(error["pointer"], error["code"]) for error in answer.json()["errors"]]
    assert (answer.status_code, errors) == (400, [(pointer, "node_invalid")])
