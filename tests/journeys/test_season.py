"""A season through the API alone: five hundred who were imported, from applied to hired.

Chapter by chapter, as recruiters would, with `details` on the way; at the end the log, replayed, leads to
where everything is.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from django.core import mail
from django.db.models.functions import Now

from ats.models import Application, Offer
from ats.tasks import expire_offers
from tests.applications.moves.replaying import the_log_leads_to_where_they_are
from tests.factories import an_institution
from tests.journeys import details
from tests.journeys.replaying import (
    pointers_by_the_log,
    pointers_of_the_tables,
    state_by_the_log,
    state_of_the_tables,
)
from tests.journeys.season import (
    DAYS,
    Season,
    a_day_passes,
    at,
    people,
    results,
    signed_in,
    workers_catch_up,
)

pytestmark = [pytest.mark.django_db, pytest.mark.long]

POSTINGS, EACH, PLACES = 5, 100, 2
REJECTION = "about your|您的投递结果"  # in the language of the account, once somebody has one


def test_a_season_by_the_api_alone() -> None:
    season = Season()
    the_season_is_set_up(season)
    five_hundred_are_imported_and_dealt_out(season)
    records_of_one_person_are_merged(season)
    recruiters_look_through_the_list(season)
    details.everybody_is_judged_by_the_rules(season)
    details.the_list_answers_every_question(season)
    details.work_is_dealt_anew_and_written_down(season)
    everybody_is_screened_and_one_move_taken_back(season)
    the_pipeline_is_changed_under_people(season)
    some_are_rejected_and_some_of_these_brought_back(season)
    who_passed_the_written_test_goes_on(season)
    a_day_of_interviews_is_filled_and_judged(season)
    offers_are_answered(season)
    the_season_is_closed(season)

    assert state_by_the_log() == state_of_the_tables()
    assert pointers_by_the_log() == pointers_of_the_tables() != {}
    assert the_log_leads_to_where_they_are()
    states = Counter(Application.objects.values_list("state", flat=True))
    assert states == {"hired": 4, "rejected": 493, "withdrawn": 3}


def the_season_is_set_up(season: Season) -> None:
    owner = season.owner
    an_institution(name="Tsinghua University", name_zh="清华大学", tiers=["985", "c9"])
    document = next(row for row in owner.get("pipeline-templates/") if row.pop("code") == "internship")
    requirements = {("Written test", "Interview"): "assessment", ("Interview", "Offer"): "scorecard"}
    for stage in document["stages"]:
        for edge in stage["leaving"]:
            required = requirements.get((stage["name"], edge["to"]))
            edge["requires"] = [required] if required else []
            if (stage["name"], edge["to"]) == ("Screening", "Interview"):  # past the written test
                edge |= {"least_role": "owner", "requires": ["reason"]}
    call = {"kind": "screening", "name": "Call", "public_name": "Under review"}
    document["stages"].insert(2, call | {"leaving": [{"to": "Written test"}]})
    document["stages"][1]["leaving"].append({"to": "Call"})
    pipeline = owner.post("pipelines/", **document | {"name": "Summer", "is_default": False})
    season.stages = {stage["name"]: stage["id"] for stage in pipeline["stages"]}
    campaign = owner.post("campaigns/", slug="summer", name="Summer", **DAYS)["id"]
    track = owner.get("tracks/")[0]["id"]
    season.ids |= {"campaign": campaign, "track": track}
    season.ids |= {"pipeline": pipeline["id"], "reason": owner.get("rejection-reasons/")[0]["id"]}
    for number in range(POSTINGS):
        facts: dict[str, Any] = {"campaign": campaign, "track": track, "pipeline": pipeline["id"]}
        posting = owner.post("postings/", title=f"Engineer {number}", head_count=PLACES, **facts)["id"]
        owner.post(f"postings/{posting}/state/", state="open")
        season.postings.append(posting)


def five_hundred_are_imported_and_dealt_out(season: Season) -> None:
    ids = season.ids
    shares = [{"member": ids[name], "weight": 1} for name in ("anna", "ben")]
    season.owner.post("assignment-rules/", position=1, shares=shares)
    for number, posting in enumerate(season.postings):
        students = people(EACH, first=number * EACH)
        if number == POSTINGS - 1:  # two whom the first posting knows under another address
            students[-2]["phone"], students[-1]["phone"] = (row["phone"] for row in people(2))
            students[:3] = people(3, first=EACH)  # and three whom the second posting has as well
        body: dict[str, Any] = {"posting": posting, "source": "fair", "people": students}
        rehearsed = season.anna.post("applications/import/", **body, dry_run=True)
        imported, again = (season.anna.post("applications/import/", **body) for _ in range(2))
        assert (rehearsed["done"], imported["done"], again["done"]) == (EACH, EACH, 0)
        assert results(again) == {"already_applied": EACH}

    workers_catch_up()
    dealt = [len(season.anna.get("assignments/", member=ids[name])) for name in ("anna", "ben")]
    assert dealt == [250, 250]
    assert mail.outbox == []


def records_of_one_person_are_merged(season: Season) -> None:
    pairs = season.ben.get("duplicates/")
    assert [pair["reasons"] for pair in pairs] == [["phone"], ["phone"]]
    same, other = [(pair["older"]["id"], pair["newer"]["id"]) for pair in pairs]
    merges = [season.ben.post("merges/", kept=same[0], merged=same[1])["id"]]
    season.ben.post(f"merges/{merges[0]}/undo/")
    season.ben.post("merges/", kept=same[0], merged=same[1])
    season.ben.post("distinctions/", one=other[0], other=other[1])
    assert season.ben.get("duplicates/") == []

    again = season.ben.post("applications/import/", posting=season.postings[0], people=people(1, first=499))
    assert results(again) == {"already_applied": 1}


def recruiters_look_through_the_list(season: Season) -> None:
    anna, ben = season.anna, season.ben
    found = [len(anna.get("applications/", text=text)) for text in ("王伟", "李", "李 浙江")]
    assert found == [5, 50, 0]
    late = {"graduates_after": "2028-01-01"}
    view = anna.post("saved-views/", name="Late", query=late, is_shared=True)["id"]
    tag = anna.post("tags/", name="late")["id"]
    tagged = anna.post("taggings/", tag=tag, filter=late)
    assert len(ben.get("applications/", tag=tag)) == tagged["done"] == 100
    handed = [who.post("queue/next/", view=view)["next"]["application"]["id"] for who in (anna, ben)]
    assert len(set(handed)) == 2
    anna.post("notes/", application=handed[0], text="Wrote to us before.")
    ben.post("assignments/", applications=[handed[1]], member=season.ids["anna"])
    counts = anna.get("applications/counts/")["results"]
    assert counts == [{"stage": season.stages["Applied"], "state": "active", "count": 500}]


def everybody_is_screened_and_one_move_taken_back(season: Season) -> None:
    everybody = season.at("Applied")
    assert season.moved("Screening", filter=everybody, dry_run=True) == {"moved": 500}
    assert season.moved("Offer", filter=everybody) == {"no_such_edge": 500}
    seen: dict[str, Any] = {"expected_stage": season.stages["Applied"]}
    last = season.at("Applied", posting=season.postings[-1])
    ids = [row["id"] for row in season.anna.get("applications/", **last)]
    batch = season.anna.post("moves/", to_stage=season.stages["Screening"], applications=ids, **seen)
    assert season.moved("Screening", by=season.ben, applications=ids, **seen) == {"stage_changed": EACH}
    assert season.moved("Written test", by=season.ben, applications=ids[:1]) == {"moved": 1}

    undone = season.anna.post(f"moves/{batch['id']}/undo/")

    assert results(undone) == {"moved": EACH - 1, "moved_since": 1}
    assert season.moved("Screening", filter=everybody, **seen) == {"moved": 499}
    details.an_edge_is_for_owners_with_a_reason(season)


def the_pipeline_is_changed_under_people(season: Season) -> None:
    path = f"pipelines/{season.ids['pipeline']}/"
    called = [row["id"] for row in season.anna.get("applications/", **season.at("Screening"))[:10]]
    assert season.moved("Call", applications=called) == {"moved": 10}
    document = season.owner.get(path)
    document["stages"] = [stage for stage in document["stages"] if stage["name"] != "Call"]
    for stage in document["stages"]:
        stage["leaving"] = [edge for edge in stage["leaving"] if edge["to"] != "Call"]
    call = season.stages.pop("Call")

    preview = season.owner.put(path, **document, dry_run=True)["stranded"]
    refused = season.owner.put(path, status=409, **document)
    season.owner.put(path, **document, move_to={str(call): "Screening"})

    assert preview == [{"stage": call, "name": "Call", "people": 10, "why": "vanishes"}]
    assert (refused["code"], refused["stranded"]) == ("stage_in_use", preview)
    assert len(season.anna.get("applications/", **season.at("Screening"))) == 499


def some_are_rejected_and_some_of_these_brought_back(season: Season) -> None:
    posting = season.postings[-1]
    details.a_rejection_is_undone_before_its_letter(season)
    assert season.rejected(filter=season.at("Screening", posting=posting)) == {"moved": EACH - 1}
    details.other_applications_of_the_rejected_go_on(season)
    ids = [row["id"] for row in season.ben.get("applications/", posting=posting, state="rejected")][:5]
    back = season.ben.post("moves/", kind="unreject", applications=ids)
    assert results(back) == {"moved": 5}
    assert season.moved("Written test", filter=season.at("Screening")) == {"moved": 405}


def who_passed_the_written_test_goes_on(season: Season) -> None:
    """By the order of ids: the first thirty who took it passed, the next thirty did not."""
    stage = season.stages["Written test"]
    test = season.anna.post("assessments/", stage=stage, name="Written test", threshold="60")["id"]
    rows = season.anna.get("applications/", **season.at("Written test"), order="oldest")
    for number, row in enumerate(rows[:60]):
        body: dict[str, Any] = {"assessment": test, "application": row["id"], "external_id": str(row["id"])}
        season.anna.post("assessment-results/", **body, score=50)
        if number < 30:  # marked again: the same result, corrected
            season.anna.post("assessment-results/", status=200, **body, score=90)
    assert len(season.anna.get("applications/", score_least="60")) == 30

    outcome = season.moved("Interview", filter=season.at("Written test"))

    assert outcome == {"moved": 30, "assessment_required": 376}
    assert season.rejected(filter=season.at("Written test")) == {"moved": 376}


def a_day_of_interviews_is_filled_and_judged(season: Season) -> None:
    stage = season.stages["Interview"]
    slots: dict[str, Any] = {"stage": stage, "members": [season.ids["ivy"], season.ids["ben"]], "minutes": 15}
    season.anna.post("interview-slots/", **slots, starts_at=at(1), count=25, time_zone="UTC")
    rows = season.anna.get("applications/", **season.at("Interview"), order="oldest")
    ids = [row["id"] for row in rows]
    day = at(1)[:10]
    booked = season.anna.post("interviews/", stage=stage, applications=ids, day=day)
    assert results(booked) == {"done": 25, "no_slot_left": 5}
    details.interviews_are_chosen_moved_and_found_in_calendars(season, ids)
    assert season.moved("Offer", applications=ids) == {"scorecard_required": 30}
    lines = [row["id"] for row in season.ivy.get("scorecard-criteria/", stage=stage)]
    for pk in ids[:10]:
        scores = [{"criterion": line, "score": 4} for line in lines]
        body = {"application": pk, "recommendation": "yes", "scores": scores}
        card = season.ivy.post("scorecards/", **body)["id"]
        assert season.ben.get("scorecards/", application=pk) == []  # has one to file as well
        season.ivy.post(f"scorecards/{card}/submit/")
    details.scorecards_are_summed_up(season, ids[0])
    assert season.moved("Offer", applications=ids) == {"moved": 10, "scorecard_required": 20}

    assert season.rejected(applications=ids[10:]) == {"moved": 20}
    before = {row["state"] for row in season.anna.get("interviews/")}
    assert "cancelled" not in before  # nothing gives a rejection away before its mail
    a_day_passes()

    states = Counter(row["state"] for row in season.anna.get("interviews/"))
    assert states == {"cancelled": 16, "scheduled": 9, "confirmed": 1}


def offers_are_answered(season: Season) -> None:
    """Of ten, all at the first posting with its two places."""
    rows = season.anna.get("applications/", **season.at("Offer"), order="oldest")
    offers = {}
    for row in rows[:6]:
        offer = season.anna.post("offers/", application=row["id"], pay="400 a day")["id"]
        season.anna.patch(f"offers/{offer}/", pay="500 a day")
        season.owner.post(f"offers/{offer}/approve/")
        season.anna.post(f"offers/{offer}/extend/", deadline="2099-01-01T00:00:00Z")
        offers[offer] = signed_in(row["candidate"]["email"])
    first, second, third, declines, late, taken_back = offers

    for offer in (first, second):
        assert offers[offer].post(f"me/offers/{offer}/accept/")["state"] == "accepted"
    full = offers[third].post(f"me/offers/{third}/accept/", status=409)
    offers[declines].post(f"me/offers/{declines}/decline/")
    Offer.objects.filter(pk=late).update(deadline=Now())
    expire_offers()
    gone = offers[late].post(f"me/offers/{late}/accept/", status=409)
    season.anna.post(f"offers/{taken_back}/withdraw/")

    assert (full["code"], gone["code"]) == ("head_count_reached", "offer_state")
    season.owner.patch(f"postings/{season.postings[0]}/", head_count=PLACES + 1)
    assert offers[third].post(f"me/offers/{third}/accept/")["state"] == "accepted"


def the_season_is_closed(season: Season) -> None:
    rows = season.anna.get("applications/", **season.at("Offer"), order="oldest")
    ids = [row["id"] for row in rows]
    signed_in(rows[0]["candidate"]["email"]).post(f"me/applications/{ids[0]}/withdraw/")
    assert results(season.anna.post("moves/", kind="withdraw", applications=ids[1:3])) == {"moved": 2}
    season.owner.patch(f"postings/{season.postings[0]}/", head_count=PLACES + 2)
    hired = season.anna.post("moves/", kind="hire", applications=ids[3:])
    assert results(hired) == {"moved": 1, "head_count_reached": len(ids) - 4}
    assert season.rejected(filter={"state": "active"}) == {"moved": len(ids) - 4}
    for posting in season.postings:
        season.owner.post(f"postings/{posting}/state/", state="closed")
    a_day_passes()

    turned_down = season.anna.get("applications/", state="rejected")
    letters = Counter(letter.to[0] for letter in mail.outbox if re.search(REJECTION, str(letter.subject)))
    emails = {row["candidate"]["email"] for row in turned_down}
    merged = {"student499@example.com": "student1@example.com"}
    assert letters == {merged.get(email, email): 1 for email in emails}
