"""Rules by institution are written with names; whom they leave open is shown what to choose from."""

from __future__ import annotations

from typing import Any

import pytest

from ats.models import Membership, RuleSet
from tests.eligibility.rules import rules_of
from tests.factories import a_client, a_member, a_posting, an_account, an_institution, an_organisation

pytestmark = pytest.mark.django_db


def by_name(*institutions: object) -> dict[str, Any]:
    params = {"institutions": list(institutions), "name": "Our list", "name_zh": "我们的名单"}
    return {"kind": "institution", "params": params}


def saved(recruiter: Membership, posting: int, tree: Any) -> Any:
    return a_client(recruiter.account).post("/api/v1/rules/", {"posting": posting, "tree": tree})


def test_names_become_the_ids_of_their_institutions_when_a_rule_is_saved() -> None:
    zhejiang = an_institution(name="Zhejiang University", name_zh="浙江大学", aliases=["浙大"])
    fudan = an_institution(name="Fudan University", name_zh="复旦大学")
    posting = a_posting(an_organisation())
    recruiter = a_member(posting.organisation)

    answer = saved(recruiter, posting.pk, {"all": [by_name("浙大", "Zhejiang Univ.", fudan.pk)]})

    assert answer.status_code == 201, answer.json()
    assert RuleSet.objects.get().tree == {"all": [by_name(zhejiang.pk, fudan.pk)]}


def test_an_ambiguous_name_is_refused_with_the_choices_and_an_unknown_one_with_the_way_out() -> None:
    rows = [
        an_institution(name="Northeastern University", country=country, region=region)
        for country, region in (("CN", "mainland"), ("US", "overseas"))
    ]
    posting = a_posting(an_organisation())
    recruiter = a_member(posting.organisation)

    ambiguous = saved(recruiter, posting.pk, {"not": by_name("Northeastern University")}).json()
    unknown = saved(recruiter, posting.pk, by_name(rows[0].pk, "Hogwarts")).json()

    assert (ambiguous["errors"][0]["pointer"], ambiguous["errors"][0]["code"]) == (
        "/tree/not/params/institutions/0",
        "institution_ambiguous",
    )
    assert ambiguous["choices"] == [
        {"id": row.pk, "name": row.name, "name_zh": "", "country": row.country} for row in rows
    ]
    assert (unknown["errors"][0]["pointer"], unknown["errors"][0]["code"]) == (
        "/tree/params/institutions/1",
        "unknown_institution",
    )


@pytest.mark.parametrize(
    ("written", "choices"),
    [("Northeastern University", ["CN", "US"]), ("Hogwarts", [])],
    ids=["ambiguous", "unknown"],
)
def test_who_applies_with_a_school_that_is_not_certain_is_shown_the_list_and_the_choices(
    written: str, choices: list[str]
) -> None:
    for country, region in (("CN", "mainland"), ("US", "overseas")):
        an_institution(name="Northeastern University", country=country, region=region, tiers=["985"])
    posting = a_posting(an_organisation())
    rules_of(posting, {"kind": "institution_tier", "params": {"tiers": ["985"]}})
    person = an_account(profile={"basics": {"name": "Li Na"}, "education": [{"institution": written}]})

    answer = a_client(person).post("/api/v1/me/applications/", {"posting": posting.pk}).json()

    (rule,) = answer["verdict"]["rules"]
    assert (answer["code"], rule["code"]) == ("eligibility_unknown", "institution_tier_unknown")
    assert "/institutions/?text=" in rule["remedy"]["en"]
    assert "/institutions/?text=" in rule["remedy"]["zh"]
    assert [row["country"] for row in answer["institutions"]] == choices


def test_the_name_and_the_country_of_a_choice_in_the_profile_settle_it() -> None:
    for country, region in (("CN", "mainland"), ("US", "overseas")):
        an_institution(name="Northeastern University", country=country, region=region, tiers=["985"])
    posting = a_posting(an_organisation())
    rules_of(posting, {"kind": "institution_tier", "params": {"tiers": ["985"]}})
    study = {"institution": "Northeastern University", "countryCode": "CN"}
    person = an_account(profile={"basics": {"name": "Li Na"}, "education": [study]})

    answer = a_client(person).post("/api/v1/me/applications/", {"posting": posting.pk})

    assert answer.status_code == 201, answer.json()
