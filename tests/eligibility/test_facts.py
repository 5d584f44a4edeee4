"""A fact is one row: whatever way a person states it, rules are judged by the same value."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ats.eligibility.compiler import QueryCompiler
from ats.eligibility.facts import Source, of_candidate, of_profile
from ats.eligibility.verdicts.check import stated
from ats.models import Account, Organisation
from ats.models.facts import FACTS
from ats.people.candidates import candidate_of
from ats.privacy.personal_data import PERSONAL_DATA
from tests.factories import a_client, an_account, an_institution, an_organisation

pytestmark = pytest.mark.django_db

ON = date(2026, 6, 1)
PROFILE: dict[str, Any] = {
    "basics": {"name": "Li Na"},
    "education": [
        {
            "institution": "Example University",
            "studyType": "Master",
            "area": "Computer science",
            "startDate": "2024-09",
            "endDate": "2027-06-15",
        }
    ],
    "languages": [{"language": "English", "fluency": "B2"}],
    "languageTests": [{"test": "cet4", "score": 520}, {"test": "cet4", "score": 430}],
    "grades": [{"value": 3.6, "scale": 4.0}, {"rank": 3, "of": 60}],
    "isEmployed": False,
    "availability": {"weeks": 12, "daysPerWeek": 4, "startsFrom": "2026-07-01", "startsUntil": "2026-08-01"},
    "workCountries": ["CN", "SG"],
}
STATED: dict[str, Any] = {
    "institution": "Example University",
    "degree": "master",
    "major": "Computer science",
    "studies_from": "2024-09",
    "study_year": 2,
    "graduation": "2027-06-15",
    "languages": [{"language": "en", "level": "B2"}],
    "language_tests": [{"test": "cet4", "score": 520}],
    "grades": [{"value": 3.6, "scale": 4}, {"rank": 3, "of": 60}],
    "is_employed": False,
    "weeks": 12,
    "days_per_week": 4,
    "starts_from": "2026-07-01",
    "starts_until": "2026-08-01",
    "work_countries": ["CN", "SG"],
    "applications": [],
}


def facts_in(source: Source) -> dict[str, Any]:
    compiler = QueryCompiler()
    compiler._facts.update(FACTS)  # all of them, whatever rules read
    return compiler.run(source)[0]


def copied(person: Account, employer: Organisation) -> Source:
    return of_candidate(candidate_of(person, employer).pk, on=ON)


def test_a_profile_its_copy_and_an_answer_are_the_same_facts() -> None:
    an_institution(name="Example University", tiers=["985"])
    person, employer = an_account(profile=PROFILE), an_organisation()

    sources = [
        of_profile(person, employer, on=ON),
        copied(person, employer),
        stated(STATED, organisation=employer.pk),
    ]
    found = [{name: row[name] for name in FACTS} for row in map(facts_in, sources)]

    assert found[0] == found[1] == found[2]
    assert {name for name, value in found[0].items() if value is None} == {"referral"}


def test_a_profile_of_all_facts_is_accepted_and_one_that_misstates_them_is_not() -> None:
    client = a_client(an_account())
    wrong = PROFILE | {"grades": [{"value": 3.6}], "workCountries": ["ZZ"], "isEmployed": "no"}

    answers = [client.put("/api/v1/me/profile/", document) for document in (PROFILE, wrong)]

    assert [answer.status_code for answer in answers] == [200, 400]
    pointers = {error["pointer"] for error in answers[1].json()["errors"]}
    assert pointers == {"/grades/0", "/workCountries/0", "/isEmployed"}


def test_what_is_stored_of_facts_is_exported_and_erased() -> None:
    [row] = [row for row in PERSONAL_DATA if row.name == "candidates"]

    assert "facts" in row.export.split()
    assert row.erase.clears("facts")
