from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from ats.applications.moves import move_applications
from ats.applications.moves.execution import execute_remap
from ats.models import (
    Account,
    Application,
    ApplicationState,
    Delivery,
    DeliveryState,
    Event,
    Move,
    MoveKind,
    Posting,
    ReferralCode,
    RejectionReason,
    Stage,
    Verdict,
)
from ats.people.candidates import candidate_of
from ats.people.duplicates.merges import merge
from tests.eligibility.rules import WINDOW_2026, WINDOW_2027, rules_of
from tests.factories import a_client, a_member, a_posting, an_account, an_organisation

pytestmark = pytest.mark.django_db

ONCE = {"kind": "application_limit", "params": {"most": 1, "scope": "organisation"}}
PROFILE = {"basics": {"name": "Li Na"}, "education": [{"institution": "A school", "endDate": "2026-06"}]}


def a_person(profile: Any = PROFILE) -> Account:
    return an_account(profile=profile)


def apply(person: Account, posting: Posting, **more: Any) -> Any:
    return a_client(person).post("/api/v1/me/applications/", {"posting": posting.pk, **more})


def test_an_application_keeps_the_verdict_and_the_version_it_was_judged_by() -> None:
    posting = a_posting(an_organisation())
    rules = rules_of(posting, WINDOW_2026)

    made = apply(a_person(), posting).json()
    rules_of(posting, WINDOW_2027)

    kept = Verdict.objects.get()
    assert (kept.application_id, kept.outcome, kept.rule_sets) == (made["id"], "eligible", [rules.pk])
    assert [rule["code"] for rule in kept.document["rules"]] == ["graduation_window_met"]


@pytest.mark.parametrize(
    ("profile", "code", "rule"),
    [
        (PROFILE, "not_eligible", "graduation_before_window"),
        ({"basics": {"name": "Li Na"}}, "eligibility_unknown", "graduation_window_unknown"),
    ],
)
def test_who_is_not_eligible_is_refused_with_the_verdict(profile: Any, code: str, rule: str) -> None:
    posting = a_posting(an_organisation())
    rules_of(posting, WINDOW_2027)

    answer = apply(a_person(profile), posting)

    body = answer.json()
    assert (answer.status_code, body["code"]) == (409, code)
    assert [row["code"] for row in body["verdict"]["rules"]] == [rule]
    assert not Application.objects.exists()
    assert not Event.objects.filter(type="application.submitted").exists()


def test_a_referral_rule_takes_a_code_of_the_employer_and_no_other() -> None:
    organisation = an_organisation()
    posting = a_posting(organisation)
    rules_of(posting, {"kind": "referral", "params": {}})
    ReferralCode.objects.create(organisation=organisation, code="FRIEND")
    ReferralCode.objects.create(organisation=organisation, code="GONE", is_active=False)
    ReferralCode.objects.create(organisation=an_organisation(), code="OTHERS")
    person = a_person()

    answers = [
        apply(person, posting).json()["code"],
        apply(person, posting, referral="GONE").json()["code"],
        apply(person, posting, referral="OTHERS").json()["code"],
        apply(person, posting, referral="FRIEND").status_code,
    ]

    assert answers == ["not_eligible", "referral_unknown", "referral_unknown", 201]


def test_the_limit_of_a_campaign_counts_what_was_sent_before() -> None:
    organisation = an_organisation()
    first = a_posting(organisation)
    second = a_posting(organisation, campaign=first.campaign)
    elsewhere = a_posting(organisation)
    for posting in (second, elsewhere):
        limit = {"kind": "application_limit", "params": {"most": 1, "scope": "campaign"}}
        rules_of(posting, limit)
    person = a_person()

    answers = [apply(person, posting) for posting in (first, second, elsewhere)]

    assert [answer.status_code for answer in answers] == [201, 409, 201]
    assert answers[1].json()["verdict"]["rules"][0]["code"] == "application_limit_reached"


def test_a_limit_counts_what_other_records_of_the_person_have_sent() -> None:
    organisation = an_organisation()
    first, limited = a_posting(organisation), a_posting(organisation)
    rules_of(limited, ONCE)
    one, twin, stranger = a_person(), a_person(), a_person()
    apply(one, first)
    kept, merged = candidate_of(one, organisation), candidate_of(twin, organisation)
    merge(by=a_member(organisation), kept=kept.pk, merged=merged.pk)

    answers = [apply(person, limited).status_code for person in (one, twin, stranger)]

    assert answers == [409, 409, 201]


def test_who_has_applied_already_is_told_so_and_not_that_a_limit_is_reached() -> None:
    posting = a_posting(an_organisation())
    rules_of(posting, ONCE)
    person = a_person()

    answers = [apply(person, posting) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 409]
    assert answers[1].json()["code"] == "already_applied"


WAIT = {"kind": "wait_after_rejection", "params": {"days": 180, "scope": "organisation"}}


def rejected(person: Account, posting: Posting, *, days_ago: int, is_sent: bool = True) -> Application:
    """An application that was turned down then, by whoever may."""
    apply(person, posting)
    application = Application.objects.get(posting=posting)
    reason = RejectionReason.objects.for_org(posting.organisation).earliest("pk")
    move_applications(
        by=a_member(posting.organisation),
        applications=[application.pk],
        kind=MoveKind.REJECT,
        rejection_reason=reason.pk,
    )
    if is_sent:
        Delivery.objects.filter(event__application=application).update(
            state=DeliveryState.SENT, settled_at=Now()
        )
    then = Now() - timedelta(days=days_ago)
    Application.objects.filter(pk=application.pk).update(state_entered_at=then)
    return application


def test_after_a_rejection_one_waits() -> None:
    organisation = an_organisation()
    first, second = a_posting(organisation), a_posting(organisation)
    rules_of(second, WAIT)
    person = a_person()
    rejected(person, first, days_ago=0)

    answer = apply(person, second).json()

    rule = answer["verdict"]["rules"][0]
    assert (rule["code"], rule["fact"]["applications"][0]["state"]) == ("rejected_too_recently", "rejected")
    assert rule["remedy"]["en"].startswith("You may apply from ")


def test_a_rejection_that_nobody_has_sent_yet_is_not_given_away() -> None:
    organisation = an_organisation()
    first, second = a_posting(organisation), a_posting(organisation)
    rules_of(second, {"all": [WAIT, ONCE]})
    person = a_person()
    rejected(person, first, days_ago=0, is_sent=False)

    answer = apply(person, second).json()

    wait, once = answer["verdict"]["rules"]
    assert (wait["outcome"], once["outcome"]) == ("met", "not_met")
    assert [row["state"] for row in once["fact"]["applications"]] == ["active"]
    assert once["fact"]["applications"][0]["ended_on"] is None


def test_what_is_done_to_a_rejected_application_later_does_not_prolong_the_wait() -> None:
    organisation = an_organisation()
    first, second = a_posting(organisation), a_posting(organisation)
    rules_of(second, WAIT)
    person = a_person()
    application = rejected(person, first, days_ago=181)

    batch = Move.objects.create(organisation=organisation, asked=1)
    stages = list(Stage.objects.filter(pipeline=first.pipeline).order_by("position")[:2])
    execute_remap(batch, [application.pk], {stages[0].pk: stages[1].pk})

    assert Application.objects.get().stage == stages[1]
    assert apply(person, second).status_code == 201


def test_judging_again_is_asked_for_recorded_and_moves_nobody() -> None:
    posting = a_posting(an_organisation())
    recruiter = a_member(posting.organisation)
    old = rules_of(posting, WINDOW_2026)
    made = apply(a_person(), posting).json()
    new = rules_of(posting, WINDOW_2027)

    report = a_client(recruiter.account).post(f"/api/v1/rules/{new.pk}/rejudge/").json()
    again = a_client(recruiter.account).post(f"/api/v1/rules/{new.pk}/rejudge/").json()

    change = {"application": made["id"], "before": "eligible", "after": "not_eligible"}
    assert (report, again) == (
        {"judged": 1, "changed": [change], "next": None},
        {"judged": 1, "changed": [], "next": None},
    )
    assert list(Verdict.objects.order_by("pk").values_list("outcome", "rule_sets")) == [
        ("eligible", [old.pk]),
        ("not_eligible", [new.pk]),
        ("not_eligible", [new.pk]),
    ]
    assert list(Event.objects.filter(type="application.judged").values_list("actor", "data")) == [
        (recruiter.pk, {"before": "eligible", "after": "not_eligible", "rule_sets": [new.pk]})
    ]
    assert Application.objects.get().state == ApplicationState.ACTIVE
