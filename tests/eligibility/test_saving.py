from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ats.models import Department, Event, Posting, Role, RuleSet
from tests.eligibility.rules import BACHELOR, WINDOW_2026, WINDOW_2027, rules_of
from tests.factories import (
    a_campaign,
    a_candidate,
    a_client,
    a_member,
    a_posting,
    an_education,
    an_organisation,
)

pytestmark = pytest.mark.django_db

MAINLAND_ONLY = {"kind": "institution_region", "params": {"regions": ["mainland"]}}
OF_FRANCE = {"kind": "institution_region", "params": {"countries": ["FR"]}}
PHD = {"kind": "degree", "params": {"least": "doctor"}}
FROM_NOVEMBER_ON = {"kind": "graduation_window", "params": {"ranges": [{"from": "2027-10-31"}]}}
AT_MOST_MASTER = {"kind": "degree", "params": {"most": "master"}}


def save(posting: Posting, tree: Any, **more: Any) -> Any:
    client = a_client(a_member(posting.organisation).account)
    return client.post("/api/v1/rules/", {"posting": posting.pk, "tree": tree, **more})


def test_a_saved_version_is_shown_as_a_sentence_and_leaves_an_event() -> None:
    campaign = a_campaign(an_organisation())
    recruiter = a_member(campaign.organisation)
    tree = {"all": [WINDOW_2026, {"any": [BACHELOR, {"not": MAINLAND_ONLY}]}]}

    answer = (
        a_client(recruiter.account).post("/api/v1/rules/", {"campaign": campaign.pk, "tree": tree}).json()
    )

    assert answer == {
        "id": answer["id"],
        "campaign": campaign.pk,
        "department": None,
        "posting": None,
        "version": 1,
        "tree": tree,
        "relaxable": [],
        "relaxes": [],
        "sentence": {
            "en": "Required: graduation from November 2025 to October 2026; either a bachelor's degree"
            " or higher or not: an institution in mainland China.",
            "zh": "要求：2025年11月至2026年10月毕业；满足其一：本科及以上学历或不得为：院校位于中国内地。",
        },
        "cut_months": [],
        "created_by": recruiter.pk,
        "created_at": answer["created_at"],
    }
    assert list(Event.objects.values_list("type", "actor", "data")) == [
        (
            "rules.saved",
            recruiter.pk,
            {"scope": "campaign", "id": campaign.pk, "rules": answer["id"], "version": 1},
        )
    ]


def test_a_newer_version_leaves_the_older_one_as_it_was() -> None:
    posting = a_posting(an_organisation())
    rules_of(posting, WINDOW_2026)

    save(posting, WINDOW_2027)

    assert list(RuleSet.objects.order_by("version").values_list("version", "tree")) == [
        (1, WINDOW_2026),
        (2, WINDOW_2027),
    ]


CHANGES: list[dict[str, Any]] = [
    {"tree": WINDOW_2027},
    {"version": 7},
    {"relaxable": ["degree"]},
    {"relaxes": ["degree"]},
    {"posting": None},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_the_database_lets_nobody_change_a_saved_version(change: dict[str, Any]) -> None:
    rules = rules_of(a_posting(an_organisation()), WINDOW_2026)

    with pytest.raises(IntegrityError, match="rows of ats_ruleset are never changed"), transaction.atomic():
        RuleSet.objects.filter(pk=rules.pk).update(**change)

    assert RuleSet.objects.get().tree == WINDOW_2026


@pytest.mark.parametrize("verb", ["put", "patch", "delete"])
def test_no_route_changes_or_deletes_a_saved_version(verb: str) -> None:
    posting = a_posting(an_organisation())
    owner = a_client(a_member(posting.organisation, Role.OWNER).account)
    rules = rules_of(posting, WINDOW_2026)

    answer = getattr(owner, verb)(f"/api/v1/rules/{rules.pk}/", {"tree": WINDOW_2027})

    assert (answer.status_code, RuleSet.objects.get().tree) == (405, WINDOW_2026)


def test_of_two_recruiters_who_saw_the_same_version_one_is_told() -> None:
    posting = a_posting(an_organisation())

    first = save(posting, WINDOW_2026, expected_version=0)
    second = save(posting, WINDOW_2027, expected_version=0)

    assert (first.status_code, second.status_code, second.json()["code"]) == (201, 409, "rules_changed")


@pytest.mark.parametrize(
    ("tree", "pointer", "code"),
    [
        ({"kind": "gpa"}, "/tree/kind", "unknown_value"),
        ({"all": [], "any": []}, "/tree", "node_invalid"),
        ({"any": []}, "/tree/any", "nobody_can_meet"),
        ({"not": {"all": []}}, "/tree/not/all", "nobody_can_meet"),
        (
            {"kind": "graduation_window", "params": {"ranges": [{"from": "2027-06", "to": "2026-06"}]}},
            "/tree/params/ranges/0/to",
            "window_empty",
        ),
        (
            {"kind": "graduation_window", "params": {"ranges": [{"from": "2027-02-29", "to": "2027-03"}]}},
            "/tree/params/ranges/0/from",
            "date_invalid",
        ),
        (
            {"all": [{"kind": "institution_region", "params": {"countries": ["UK"]}}]},
            "/tree/all/0/params/countries/0",
            "unknown_country",
        ),
        ({"kind": "referral", "params": {"code": "x"}}, "/tree/params/code", "unknown_param"),
        (
            {"kind": "degree", "params": {"least": "doctor", "most": "master"}},
            "/tree/params/most",
            "range_empty",
        ),
        ({"kind": "language", "params": {"language": "en"}}, "/tree/params/level", "param_missing"),
        (
            {"kind": "study_year", "params": {"least": 0, "most": True}},
            "/tree/params/least",
            "number_out_of_range",
        ),
        (
            {"kind": "institution", "params": {"institutions": [10**9], "name": "C9", "name_zh": "九校"}},
            "/tree",
            "unknown_institution",
        ),
        ({"all": [PHD, AT_MOST_MASTER]}, "/tree", "nobody_can_meet"),
        ({"all": [WINDOW_2026, WINDOW_2027]}, "/tree", "nobody_can_meet"),
        ({"all": [MAINLAND_ONLY, OF_FRANCE]}, "/tree", "nobody_can_meet"),
        ({"all": [BACHELOR, {"not": BACHELOR}]}, "/tree", "nobody_can_meet"),
        ({"all": [WINDOW_2027, FROM_NOVEMBER_ON]}, "/tree", "nobody_can_meet"),
        ({"any": [{"all": [PHD, AT_MOST_MASTER]}]}, "/tree", "nobody_can_meet"),
        ({"all": [WINDOW_2026, {"any": [WINDOW_2027, {"not": WINDOW_2026}]}]}, "/tree", "nobody_can_meet"),
    ],
)
def test_rules_that_will_not_do_are_refused_by_name(tree: Any, pointer: str, code: str) -> None:
    posting = a_posting(an_organisation())

    answer = save(posting, tree)

    errors = [(error["pointer"], error["code"]) for error in answer.json()["errors"]]
    assert (answer.status_code, errors) == (400, [(pointer, code)])
    assert not RuleSet.objects.exists()


def test_a_choice_with_one_way_left_is_saved() -> None:
    posting = a_posting(an_organisation())

    answer = save(posting, {"all": [WINDOW_2026, {"any": [WINDOW_2027, BACHELOR]}]})

    assert answer.status_code == 201


def test_a_posting_may_tighten_and_relax_only_what_its_campaign_lets_it() -> None:
    posting = a_posting(an_organisation())
    rules_of(posting.campaign, {"all": [WINDOW_2026, BACHELOR]}, relaxable=["graduation_window"])

    allowed = save(posting, WINDOW_2027, relaxes=["graduation_window"])
    refused = save(posting, {"all": []}, relaxes=["degree"])
    against = save(posting, WINDOW_2027)

    assert allowed.status_code == 201
    assert (refused.status_code, refused.json()["code"]) == (400, "not_relaxable")
    assert (against.status_code, against.json()["code"]) == (400, "nobody_can_meet")


def test_the_rules_of_campaign_department_and_posting_hold_together() -> None:
    organisation = an_organisation()
    research = Department.objects.create(organisation=organisation, name="Research")
    posting = a_posting(organisation, department=research)
    elsewhere = a_posting(organisation, campaign=posting.campaign)
    rules_of(posting.campaign, WINDOW_2026)
    rules_of(research, BACHELOR)
    rules_of(posting, MAINLAND_ONLY)

    found = [
        a_client().post("/api/v1/eligibility/check", {"facts": {}, "posting": row.pk}).json()
        for row in (posting, elsewhere)
    ]

    assert [[rule["kind"] for rule in verdict["rules"]] for verdict in found] == [
        ["graduation_window", "degree", "institution_region"],
        ["graduation_window"],
    ]
    assert [row["scope"] for row in found[0]["rule_sets"]] == ["campaign", "department", "posting"]


def test_leave_that_the_campaign_takes_back_is_no_longer_good() -> None:
    posting = a_posting(an_organisation())
    rules_of(posting.campaign, WINDOW_2026, relaxable=["graduation_window"])
    rules_of(posting, {"all": []}, relaxes=["graduation_window"])
    question = {"facts": {"graduation": "2027-06"}, "posting": posting.pk}

    before = a_client().post("/api/v1/eligibility/check", question).json()["outcome"]
    rules_of(posting.campaign, WINDOW_2026)
    after = a_client().post("/api/v1/eligibility/check", question).json()["outcome"]

    assert (before, after) == ("eligible", "not_eligible")


def test_what_belongs_to_another_organisation_is_not_there() -> None:
    posting = a_posting(an_organisation())
    stranger = a_client(a_member(an_organisation()).account)

    answer = stranger.post("/api/v1/rules/", {"posting": posting.pk, "tree": {"all": []}})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/posting")


def test_a_window_that_cuts_a_month_says_how_many_it_leaves_open_and_offers_the_whole_month() -> None:
    posting = a_posting(an_organisation())
    for graduation in ("2027-10", "2027-10", "2027-10-15", "2027-09", None):
        an_education(a_candidate(posting.organisation), graduation=graduation)
    an_education(a_candidate(an_organisation()), graduation="2027-10")

    answer = save(posting, WINDOW_2027)

    assert answer.json()["cut_months"] == [
        {"month": "2027-10", "candidates": 2, "instead": {"from": "2026-11-01", "to": "2027-10"}}
    ]


@pytest.mark.parametrize(
    ("params", "pointer", "code"),
    [
        ({"tiers": ["C9"]}, "/tree/params/tiers/0", "unknown_value"),
        ({"tiers": []}, "/tree/params/tiers", "list_invalid"),
        ({"tiers": ["985", "985"]}, "/tree/params/tiers", "list_invalid"),
        ({}, "/tree/params/tiers", "param_missing"),
    ],
)
def test_an_unknown_list_of_institutions_is_refused(params: Any, pointer: str, code: str) -> None:
    answer = save(a_posting(an_organisation()), {"kind": "institution_tier", "params": params})

    errors = [(error["pointer"], error["code"]) for error in answer.json()["errors"]]
    assert (answer.status_code, errors) == (400, [(pointer, code)])


@pytest.mark.parametrize(
    ("kind", "params", "pointer", "code"),
    [
        ("graduation_window", {"ranges": [{}]}, "/ranges/0", "param_missing"),
        ("graduation_within", {"start": "2027-06-01"}, "/to_months", "param_missing"),
        ("graduation_within", {"from_months": 3, "to_months": 1}, "/to_months", "range_empty"),
        ("years_left", {"least": 3, "most": 2}, "/most", "range_empty"),
        ("grade", {"least": 3.5}, "/scale", "param_missing"),
        ("grade", {"least": 5, "scale": 4}, "/least", "range_empty"),
        ("grade", {"least": 3, "scale": 4, "top_percent": 10}, "", "too_many_params"),
        ("language_test", {"test": "ielts", "least": 650}, "/least", "number_out_of_range"),
        ("wait_after_interview", {"scope": "campaign"}, "", "param_missing"),
        ("wait_after_interview", {"scope": "campaign", "days": 1, "months": 1}, "", "too_many_params"),
        ("study_year", {"least": 1.0}, "/least", "number_out_of_range"),
    ],
)
def test_params_that_do_not_go_together_are_refused_by_name(
    kind: str, params: Any, pointer: str, code: str
) -> None:
    answer = save(a_posting(an_organisation()), {"kind": kind, "params": params})

    errors = [(error["pointer"], error["code"]) for error in answer.json()["errors"]]
    assert (answer.status_code, errors) == (400, [(f"/tree/params{pointer}", code)])
