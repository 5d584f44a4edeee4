"""What happens in a season beside its main way: people are where they were after each of these."""

from __future__ import annotations

from typing import Any

import icalendar
from rest_framework.test import APIClient

from ats.triage.orders import ORDERS
from tests.journeys.season import Caller, Season, at, results, signed_in


def everybody_is_judged_by_the_rules(season: Season) -> None:
    """Who is eligible at the first judgement has not changed."""
    window = {"kind": "graduation_window", "params": {"ranges": [{"from": "2026-11", "to": "2027-10"}]}}
    body = {"campaign": season.ids["campaign"], "tree": window}
    rules = season.owner.post("rules/", **body)["id"]
    judged = season.anna.post(f"rules/{rules}/rejudge/")
    assert (judged["judged"], len(judged["changed"]), judged["next"]) == (500, 100, None)


def the_list_answers_every_question(season: Season) -> None:
    """Each filter by itself, with how many it finds of the five hundred."""
    stage, posting = season.stages["Applied"], season.postings[1]
    found: list[tuple[dict[str, Any], int]] = [
        ({"track": season.owner.get(f"tracks/{season.ids['track']}/")["code"]}, 500),
        ({"campaign": season.ids["campaign"]}, 500),
        ({"posting": posting}, 100),
        ({"stage": stage, "state": "active"}, 500),
        ({"state": "hired"}, 0),
        ({"source": "fair"}, 500),
        ({"graduates_after": "2027-01-01", "graduates_before": "2027-12-31"}, 400),
        ({"degree": 4}, 250),
        ({"degree_least": 4}, 250),
        ({"institution_tier": "c9"}, 250),
        ({"institution_region": "mainland"}, 250),
        ({"verdict": "not_eligible"}, 100),
        ({"verdict": "eligible", "posting": posting}, 80),
        ({"days_in_stage_least": 1}, 0),
        ({"days_in_stage_most": 1}, 500),
        ({"member": season.ids["ben"]}, 250),
        ({"score_least": "1"}, 0),
        ({"text": "清"}, 250),
        ({"text": "清华"}, 250),
        ({"text": "student123@example.com"}, 1),
        ({"text": "13800000007"}, 1),
        ({"text": "王伟 清华"}, 0),
    ]
    counted = [len(season.anna.get("applications/", page_size=200, **query)) for query, _many in found]
    assert list(zip((query for query, _many in found), counted, strict=True)) == found
    pages = [season.ben.get("applications/", order=order, page_size=200) for order in ORDERS]
    assert {len({row["id"] for row in rows}) for rows in pages} == {500}
    shared = [view["name"] for view in season.ben.get("saved-views/")]
    assert shared == ["Late"]


def work_is_dealt_anew_and_written_down(season: Season) -> None:
    """Somebody is taken from Anna and dealt again; a note is corrected, another removed; a tag taken off."""
    anna, ids = season.anna, season.ids
    first = anna.get("assignments/", member=ids["anna"])[0]["application"]
    assert anna.post("assignments/", applications=[first], member=None)["done"] == 1
    assert anna.post("assignments/", applications=[first])["done"] == 1
    notes = [anna.post("notes/", application=first, text=text)["id"] for text in ("Speaks Dutch", "Oops")]
    anna.patch(f"notes/{notes[0]}/", text="Speaks German")
    anna.delete(f"notes/{notes[1]}/")
    assert [note["text"] for note in season.ben.get("notes/", application=first)] == ["Speaks German"]
    tag = anna.post("tags/", name="call back")["id"]
    anna.post("taggings/", tag=tag, applications=[first])
    assert anna.post("taggings/", tag=tag, applications=[first], remove=True)["done"] == 1
    held = season.ben.get("queue/")
    assert len(held) == 1
    season.ben.delete(f"queue/{held[0]['application']['id']}/")


def an_edge_is_for_owners_with_a_reason(season: Season) -> None:
    pk = season.anna.get("applications/", **season.at("Screening"))[0]["id"]
    asked: dict[str, Any] = {"applications": [pk], "dry_run": True}
    assert season.moved("Interview", **asked) == {"role_too_low": 1}
    assert season.moved("Interview", by=season.owner, **asked) == {"reason_required": 1}
    assert season.moved("Interview", by=season.owner, reason="Olympiad", **asked) == {"moved": 1}


def a_rejection_is_undone_before_its_letter(season: Season) -> None:
    """By the wrong button. In the end each person has one letter, so this one was never sent."""
    chosen = season.at("Screening", posting=season.postings[2])
    body = {"kind": "reject", "rejection_reason": season.ids["reason"], "filter": chosen}
    batch = season.anna.post("moves/", **body)["id"]
    assert results(season.ben.post(f"moves/{batch}/undo/")) == {"moved": 100}
    assert season.ben.post(f"moves/{batch}/undo/", status=409)["code"] == "undone_already"


def other_applications_of_the_rejected_go_on(season: Season) -> None:
    """Three of those who were just rejected have another application, which nothing has touched."""
    rejected = season.anna.get("applications/", state="rejected", posting=season.postings[-1])
    people = {row["candidate"]["id"] for row in rejected}
    others = season.anna.get("applications/", posting=season.postings[1], page_size=200)
    states = [row["state"] for row in others if row["candidate"]["id"] in people]
    assert states == ["active"] * 3


def interviews_are_chosen_moved_and_found_in_calendars(season: Season, ids: list[int]) -> None:
    """The first confirms, and is moved to another hour; the one without a slot chooses of two more."""
    stage = season.stages["Interview"]
    panel: dict[str, Any] = {
        "stage": stage,
        "members": [season.ids["ivy"]],
        "minutes": 15,
        "time_zone": "UTC",
    }
    clash = season.anna.post("interview-slots/", status=409, starts_at=at(1), **panel)
    season.anna.post("interview-slots/", starts_at=at(12), count=2, **panel)
    first, last = (_candidate(season, pk) for pk in (ids[0], ids[-1]))
    calendars = [_feed(who) for who in (first, season.ivy)]
    (interview,) = first.get("me/interviews/")
    first.post(f"me/interviews/{interview['id']}/confirm/")
    before = [_entry(url, interview["id"], season) for url in calendars]

    slot = season.anna.get(f"interviews/{interview['id']}/slots/")[0]["id"]
    season.anna.post(f"interviews/{interview['id']}/slot/", slot=slot)
    first.post(f"me/interviews/{interview['id']}/confirm/")

    after = [_entry(url, interview["id"], season) for url in calendars]
    assert clash["code"] == "double_booked"
    assert [uid for uid, _sequence in after] == [uid for uid, _sequence in before]
    assert all(later > earlier for (_, earlier), (_, later) in zip(before, after, strict=True))
    assert season.anna.post("interviews/", stage=stage, applications=ids[-1:])["done"] == 1
    (invitation,) = last.get("me/interviews/")
    chosen = last.get(f"me/interviews/{invitation['id']}/slots/")[-1]["id"]
    assert last.post(f"me/interviews/{invitation['id']}/slot/", slot=chosen)["state"] != "invited"


def scorecards_are_summed_up(season: Season, application: int) -> None:
    (summary,) = season.anna.get("scorecards/summary/", application=application)
    assert (summary["filed"], summary["recommendations"]) == (1, {"yes": 1})
    assert {line["mean"] for line in summary["criteria"]} == {4}


def _candidate(season: Season, application: int) -> Caller:
    email = season.anna.get(f"applications/{application}/")["candidate"]["email"]
    return signed_in(email)


def _feed(who: Caller) -> str:
    """The private address of somebody's calendar."""
    url: str = who.post("me/calendars/")["url"]
    return url


def _entry(url: str, interview: int, season: Season) -> tuple[str, int]:
    """The UID and the sequence under which an interview stands in a calendar, which needs no token."""
    uid = season.anna.get(f"interviews/{interview}/")["uid"]
    entries = icalendar.Calendar.from_ical(APIClient().get(url).content.decode()).events
    (found,) = [entry for entry in entries if str(entry["UID"]).startswith(uid)]
    return str(found["UID"]), int(str(found["SEQUENCE"]))
