"""The contract is good enough that nobody has to write a client: one is generated, and takes every step
of a candidate, and of the recruiters whom they meet, against the site as `make run` starts it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from ats.models import Role
from fixtures.demo.loading import logins
from tests.journeys.generated import Client, Refusal, generated_from
from tests.journeys.running_site import code_for, made_run
from tests.processes import wait_for

EMPLOYER = "suhu"
PROFILE = {
    "basics": {"name": "李娜"},
    "education": [{"institution": "Tongji University", "studyType": "BE", "endDate": "2027-06"}],
}
RESUME = "李娜\nli.na@example.com\n\n教育背景\n同济大学  软件工程  本科  2023.09 - 2027.06\n"
WHY = {"key": "why", "kind": "text", "label": "Why?", "label_zh": "", "required": True, "options": []}
BACHELOR = {"kind": "degree", "params": {"least": "bachelor"}}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with made_run() as address, generated_from(address, tmp_path_factory.mktemp("client")):
        yield address


def signed_in(site: str, email: str) -> Client:
    nobody = Client(site)
    nobody.do("codes.codes_create", body={"email": email})
    redeemed = {"email": email, "code": code_for(site, email), "name": "journey"}
    return Client(site, nobody.do("tokens.tokens_create", body=redeemed).token)


def a_member(site: str, role: Role) -> Client:
    email = next(who.email for who in logins() if (who.organisation, who.role) == (EMPLOYER, role))
    return signed_in(site, email)


class Season:
    """What the recruiters do: ask, invite, move, offer."""

    def __init__(self, site: str) -> None:
        self.recruiter, self.owner = a_member(site, Role.RECRUITER), a_member(site, Role.OWNER)
        stages = self.recruiter.do("pipelines.pipelines_list").results[0].stages
        self.stages = {stage.name: stage.id for stage in stages}

    def ask(self, posting: int, code: str) -> None:
        self.recruiter.do("question_sets.question_sets_create", body={"posting": posting, "questions": [WHY]})
        self.recruiter.do("rules.rules_create", body={"posting": posting, "tree": BACHELOR})
        self.recruiter.do("referral_codes.referral_codes_create", body={"code": code})

    def move(self, application: int, stage: str) -> None:
        asked = {"applications": [application], "to_stage": self.stages[stage]}
        [item] = self.recruiter.do("moves.moves_create", body=asked).items
        assert item.result == "moved"

    def invite(self, application: int) -> None:
        """To an interview in two days, for which there is one slot."""
        team = self.recruiter.do("memberships.memberships_list").results
        panel = [member.id for member in team if member.role == Role.INTERVIEWER]
        start = (datetime.now(UTC) + timedelta(days=2)).isoformat()
        slots = {"stage": self.stages["Interview"], "members": panel, "starts_at": start, "minutes": 30}
        self.recruiter.do("interview_slots.interview_slots_create", body=slots)
        invitation = {"applications": [application], "stage": self.stages["Interview"]}
        assert self.recruiter.do("interviews.interviews_create", body=invitation).done == 1

    def offer(self, application: int) -> None:
        deadline = (datetime.now(UTC) + timedelta(days=7)).isoformat()
        made = self.recruiter.do("offers.offers_create", body={"application": application, "pay": "400/d"})
        self.owner.do("offers.offers_approve_create", made.id)
        self.recruiter.do("offers.offers_extend_create", made.id, body={"deadline": deadline})


def test_the_whole_journey_of_a_candidate(site: str) -> None:
    email, referral = f"li.na.{uuid4().hex[:6]}@example.com", f"friend-{uuid4().hex[:6]}"
    season = Season(site)
    first, *rest = Client(site).do("public.public_postings_list", organisation=EMPLOYER).results
    second = next(row for row in rest if row.campaign == first.campaign)
    season.ask(first.id, referral)

    candidate = signed_in(site, email)
    candidate.do("me.me_profile_update", body=PROFILE)
    resume = read_resume(candidate)
    assert eligibility(site, first.id) == "eligible"
    made, other = applied(candidate, site, first.id, second.id, referral=referral, resume=resume)
    assert reranked(candidate, first, [other.id, made.id]) == [(other.id, 1), (made.id, 2)]

    for stage in ("Screening", "Interview"):
        season.move(made.id, stage)
    season.invite(made.id)
    assert next_of(candidate, made.id) == "choose_slot"
    attended(candidate)
    assert next_of(candidate, made.id) == "attend_interview"
    assert made_calendar(candidate).startswith("BEGIN:VCALENDAR")

    season.move(made.id, "Offer")
    season.offer(made.id)
    assert next_of(candidate, made.id) == "answer_offer"
    [offer] = candidate.do("me.me_offers_list").results
    assert candidate.do("me.me_offers_accept_create", offer.id).state == "accepted"
    assert candidate.do("me.me_applications_retrieve", made.id).state == "hired"
    assert candidate.do("me.me_applications_withdraw_create", other.id).state == "withdrawn"

    use_rights(candidate, email)
    with pytest.raises(Refusal, match="401"):
        candidate.do("me.me_retrieve")


def read_resume(candidate: Client) -> int:
    """Uploads a résumé, waits until it is read, and takes over its name."""
    sent = candidate.upload("李娜.txt", RESUME.encode())
    wait_for(lambda: candidate.do("me.me_resumes_retrieve", sent.id).state == "read")
    proposed = candidate.do("me.me_resumes_retrieve", sent.id).proposed
    assert (proposed.basics.name, proposed.education[0].end_date) == ("李娜", "2027-06")
    candidate.do("me.me_resumes_accept_create", sent.id, body={"fields": ["name"]})
    return int(sent.id)


def eligibility(site: str, posting: int) -> str:
    facts = {"degree": "bachelor", "graduation": "2027-06", "applications": []}
    asked = {"posting": posting, "facts": facts}
    return str(Client(site).do("eligibility.eligibility_check_create", body=asked).outcome)


def applied(
    candidate: Client, site: str, first: int, second: int, *, referral: str, resume: int
) -> tuple[Any, Any]:
    """To both postings; to the first with all that goes with an application, sent twice under one key."""
    texts = Client(site).do("public.public_consent_texts_list")
    asked = Client(site).do("public.public_postings_retrieve", first).question_set
    whole = {
        "posting": first,
        "question_set": asked.id,
        "answers": {"why": "因为喜欢"},
        "consents": [{"purpose": texts[0].code, "version": texts[0].version}],
        "preference": 1,
        "referral": referral,
        "resume": resume,
        "source": "campus-talk",
    }
    made, again = (
        candidate.do("me.me_applications_create", body=whole, idempotency_key="journey") for _ in range(2)
    )
    assert made == again
    plain = {"posting": second, "preference": 2}
    return made, candidate.do("me.me_applications_create", body=plain)


def reranked(candidate: Client, posting: Any, order: list[int]) -> list[tuple[int, int]]:
    season = {"organisation": EMPLOYER, "campaign": posting.campaign}
    rows = candidate.do("me.me_preferences_update", body={"applications": order}, **season)
    return [(row.application, row.preference) for row in rows]


def next_of(candidate: Client, application: int) -> str:
    return str(candidate.do("me.me_applications_retrieve", application).next_.code)


def attended(candidate: Client) -> None:
    """Chooses the only slot of the only invitation, and promises to come."""
    [invited] = candidate.do("me.me_interviews_list").results
    [slot] = candidate.do("me.me_interviews_slots_list", invited.id)
    candidate.do("me.me_interviews_slot_create", invited.id, body={"slot": slot.id})
    assert candidate.do("me.me_interviews_confirm_create", invited.id).state == "confirmed"


def made_calendar(candidate: Client) -> str:
    """What a calendar program finds at the address of one's own feed."""
    return httpx.get(candidate.do("me.me_calendars_create", body={"name": "Phone"}).url).text


def use_rights(candidate: Client, email: str) -> None:
    """Settings, consents, who has read, a copy of everything; and the end."""
    [heard] = candidate.do("me.me_notices_list").results
    assert candidate.do("me.me_notices_partial_update", heard.id, body={"digest": True}).preferences.digest
    [consent] = candidate.do("me.me_consents_list").results
    candidate.do("me.me_consents_destroy", consent.id)
    assert candidate.do("me.me_access_log_list").results
    assert candidate.do("me.me_rectification_create").organisations == [EMPLOYER]
    assert candidate.do("me.me_export_retrieve").to_dict()["candidates"][0]["name"] == "李娜"
    assert [token.name for token in candidate.do("tokens.tokens_list").results] == ["journey"]
    candidate.do("me.me_erasure_create", body={"email": email})
