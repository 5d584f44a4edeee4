from __future__ import annotations

from typing import Any

import pytest

from api.core.examples import ELIGIBLE, NOT_ELIGIBLE, UNKNOWN
from ats.models import Application, Candidate, Event, PostingState, Verdict
from tests.eligibility.rules import BACHELOR, WINDOW_2026, WINDOW_2027, rules_of
from tests.factories import a_campaign, a_client, a_posting, an_institution, an_organisation

pytestmark = pytest.mark.django_db


def check(facts: dict[str, Any], **scope: Any) -> Any:
    return a_client().post("/api/v1/eligibility/check", {"facts": facts, **scope}).json()


def test_a_verdict_says_what_was_found_what_is_asked_and_what_would_change_it() -> None:
    organisation = an_organisation()
    posting = a_posting(organisation)
    rules = rules_of(posting.campaign, WINDOW_2026)
    others = ("spring", "summer", "autumn")
    for slug in others:
        other = a_posting(organisation, campaign=a_campaign(organisation, slug=slug, name=slug))
        rules_of(other.campaign, WINDOW_2027)

    found = check({"graduation": "2027-06"}, posting=posting.pk)

    assert found == {
        "posting": posting.pk,
        "outcome": "not_eligible",
        "sentence": {
            "en": "Required: graduation from November 2025 to October 2026.",
            "zh": "要求：2025年11月至2026年10月毕业。",
        },
        "rules": [
            {
                "kind": "graduation_window",
                "negated": False,
                "outcome": "not_met",
                "code": "graduation_after_window",
                "fact": {"graduation": "2027-06"},
                "bound": {"ranges": [{"from": "2025-11-01", "to": "2026-10-31"}]},
                "sentence": {
                    "en": "Your graduation, June 2027, is after this window, which ends in October 2026.",
                    "zh": "您的毕业时间（2027年6月）晚于本次招聘范围，该范围至2026年10月止。",
                },
                "remedy": {
                    "en": "Three other campaigns of this employer accept June 2027.",
                    "zh": "该雇主另有3个招聘项目接受2027年6月。",
                },
                "alternatives": [{"campaign": slug, "name": slug, "name_zh": ""} for slug in others],
            }
        ],
        "preferred": [],
        "rule_sets": [{"id": rules.pk, "scope": "campaign", "version": 1}],
    }


@pytest.mark.parametrize(
    ("window", "graduation", "outcome"),
    [
        (WINDOW_2026, "2025-10", "not_eligible"),
        (WINDOW_2026, "2025-11", "eligible"),
        (WINDOW_2026, "2026-10", "eligible"),
        (WINDOW_2026, "2026-11", "not_eligible"),
        (WINDOW_2027, "2026-10", "not_eligible"),
        (WINDOW_2027, "2026-11", "eligible"),
        (WINDOW_2027, "2027-02", "eligible"),
        (WINDOW_2027, "2027-09", "eligible"),
        # The window ends on the 30th: nobody knows on which side of it a day of October is.
        (WINDOW_2027, "2027-10", "unknown"),
        (WINDOW_2027, "2027-10-30", "eligible"),
        (WINDOW_2027, "2027-10-31", "not_eligible"),
        (WINDOW_2027, "2027-11", "not_eligible"),
        (WINDOW_2027, None, "unknown"),
    ],
)
def test_the_two_windows_of_the_seasons(window: Any, graduation: str | None, outcome: str) -> None:
    posting = a_posting(an_organisation())
    rules_of(posting, window)

    found = check({"graduation": graduation} if graduation else {}, posting=posting.pk)

    assert found["outcome"] == outcome


@pytest.mark.parametrize(
    ("example", "graduation"), [(ELIGIBLE, "2026-06"), (NOT_ELIGIBLE, "2027-06"), (UNKNOWN, None)]
)
def test_the_examples_of_the_api_document_are_real_verdicts(example: Any, graduation: str | None) -> None:
    organisation = an_organisation()
    posting = a_posting(organisation)
    rules = rules_of(posting, WINDOW_2026)
    other = a_campaign(organisation, slug="summer-2027", name="Summer 2027", name_zh="2027届暑期实习")
    rules_of(a_posting(organisation, campaign=other), WINDOW_2027)

    found = check({"graduation": graduation} if graduation else {}, posting=posting.pk)

    here = {"posting": posting.pk, "rule_sets": [{"id": rules.pk, "scope": "posting", "version": 1}]}
    assert found == example | here


def test_a_month_that_a_window_cuts_asks_for_the_day() -> None:
    posting = a_posting(an_organisation())
    rules_of(posting, WINDOW_2027)

    found = check({"graduation": "2027-10"}, posting=posting.pk)

    assert found["sentence"] == {
        "en": "Required: graduation from November 2026 to 30 October 2027.",
        "zh": "要求：2026年11月至2027年10月30日毕业。",
    }
    assert {name: found["rules"][0][name] for name in ("code", "fact", "sentence", "remedy")} == {
        "code": "graduation_day_unknown",
        "fact": {"graduation": "2027-10"},
        "sentence": {
            "en": "Not every day of October 2027 will do; asked is graduation from November 2026"
            " to 30 October 2027.",
            "zh": "2027年10月内并非每一天都符合要求；要求：2026年11月至2027年10月30日毕业。",
        },
        "remedy": {"en": "Give the day of your graduation.", "zh": "请填写具体毕业日期。"},
    }


def test_what_can_not_be_told_names_what_is_missing() -> None:
    posting = a_posting(an_organisation())
    rules_of(posting, WINDOW_2026)

    found = check({}, posting=posting.pk)

    assert (found["outcome"], found["rules"][0]["code"]) == ("unknown", "graduation_window_unknown")
    assert found["rules"][0]["remedy"] == {
        "en": "Fill in your month of graduation.",
        "zh": "请填写毕业年月。",
    }


def test_a_posting_without_rules_takes_anybody() -> None:
    posting = a_posting(an_organisation())

    found = check({}, posting=posting.pk)

    assert (found["outcome"], found["rules"], found["rule_sets"]) == ("eligible", [], [])


def test_a_campaign_shows_what_accepts_me_and_what_nearly_does() -> None:
    organisation = an_organisation(slug="aurora")
    campaign = a_campaign(organisation, slug="summer")
    free, masters, phds = (a_posting(organisation, campaign=campaign) for _ in range(3))
    a_posting(organisation, campaign=campaign, state=PostingState.DRAFT)
    rules_of(campaign, WINDOW_2026)
    rules_of(masters, {"kind": "degree", "params": {"least": "master"}})
    english = {"kind": "language", "params": {"language": "en", "level": "B2"}}
    rules_of(phds, {"all": [{"kind": "degree", "params": {"least": "doctor"}}, english]})

    facts = {"graduation": "2026-06", "degree": "bachelor"}
    found = check(facts, campaign={"organisation": "aurora", "campaign": "summer"})

    assert found["accepting"] == [{"id": free.pk, "title": free.title, "title_zh": ""}]
    assert [(row["id"], [rule["code"] for rule in row["rules"]]) for row in found["nearly"]] == [
        (masters.pk, ["degree_too_low"])
    ]
    assert (found["accepting_count"], found["nearly_count"], found["others_count"]) == (1, 1, 1)


def test_a_check_stores_nothing() -> None:
    posting = a_posting(an_organisation())
    rules_of(posting, {"all": [WINDOW_2026, BACHELOR]})
    before = Event.objects.count()

    check({"graduation": "2026-06", "degree": "master"}, posting=posting.pk)

    stored = [Candidate.objects.count(), Application.objects.count(), Verdict.objects.count()]
    assert (stored, Event.objects.count()) == ([0, 0, 0], before)


def test_of_windows_within_one_another_the_later_end_is_told() -> None:
    posting = a_posting(an_organisation())
    ranges = [{"from": "2026-01", "to": "2026-12"}, {"from": "2026-02", "to": "2026-03"}]
    rules_of(posting, {"kind": "graduation_window", "params": {"ranges": ranges}})

    found = check({"graduation": "2027-06"}, posting=posting.pk)

    assert found["rules"][0]["sentence"]["en"] == (
        "Your graduation, June 2027, is after this window, which ends in December 2026."
    )


def test_of_two_languages_that_fail_each_is_told_where_it_would_do() -> None:
    organisation = an_organisation()
    posting = a_posting(organisation)
    a_posting(organisation, campaign=a_campaign(organisation, slug="spring"))
    needs = [{"kind": "language", "params": {"language": code, "level": "C2"}} for code in ("en", "ja")]
    rules_of(posting, {"all": needs})
    languages = [{"language": "en", "level": "B2"}, {"language": "ja", "level": "A1"}]

    found = check({"languages": languages}, posting=posting.pk)

    assert [rule["remedy"]["en"] for rule in found["rules"]] == [
        "One other campaign of this employer accepts English at B2.",
        "One other campaign of this employer accepts Japanese at A1.",
    ]


def test_a_first_day_after_the_last_is_no_availability() -> None:
    posting = a_posting(an_organisation())
    starts = {"from": "2026-01", "to": "2026-12"}
    rules_of(posting, {"kind": "availability", "params": {"starts": starts}})

    found = check({"starts_from": "2026-06-02", "starts_until": "2026-06-01"}, posting=posting.pk)

    assert (found["outcome"], found["rules"][0]["code"]) == ("not_eligible", "availability_starts_elsewhen")


def test_a_draft_is_not_there_for_the_public() -> None:
    posting = a_posting(an_organisation(), state=PostingState.DRAFT)

    answer = a_client().post("/api/v1/eligibility/check/", {"facts": {}, "posting": posting.pk})

    assert (answer.status_code, answer.json()["code"]) == (404, "posting_not_found")


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"facts": {}}, "", "scope_required"),
        ({"facts": {"country": "ZZ"}, "posting": 1}, "/facts/country", "unknown_country"),
        ({"facts": {"graduation": "2027"}, "posting": 1}, "/facts/graduation", "invalid"),
        ({"facts": {"gpa": 4}, "posting": 1}, "/facts/gpa", "unknown_field"),
    ],
)
def test_a_wrong_question_is_told_where_it_is_wrong(body: Any, pointer: str, code: str) -> None:
    answer = a_client().post("/api/v1/eligibility/check", body)

    errors = [(error["pointer"], error["code"]) for error in answer.json()["errors"]]
    assert (answer.status_code, errors) == (400, [(pointer, code)])


HOSTILE = ["'; DROP TABLE ats_posting; --", "%(p0)s", "%s", "{0}", "\\", '"']


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_rules_or_facts_becomes_sql(text: str) -> None:
    posting, school = a_posting(an_organisation()), an_institution()
    words = {"kind": "major", "params": {"words": [text]}}
    schools = {"kind": "institution", "params": {"institutions": [school.pk], "name": text, "name_zh": text}}
    rules_of(posting, {"any": [words, schools]})

    found = check({"major": f"on {text}".lower(), "institution": text}, posting=posting.pk)

    assert found["outcome"] == "eligible"
