"""The postings of a generated season: the demo's texts, once for each team and place."""

from __future__ import annotations

from random import Random
from typing import Any

from ats.events import event, record
from ats.leaves.reference import reference
from ats.models import (
    Campaign,
    EventType,
    Membership,
    Pipeline,
    Posting,
    PostingState,
    Track,
)
from ats.seasons.choices import Place
from ats.seasons.people import by_number
from ats.seasons.texts import facts_of, locations_of, window_of
from ats.seasons.weighted import Weighted

FEED = "generated"
BATCH = 1000


def texts() -> list[dict[str, Any]]:
    """The written postings that generated ones take their words from."""
    wanted = reference("generator")["texts"]
    rows = reference(f"season/{wanted['season']}")["postings"]
    return [row for row in rows if row["campaign"] == wanted["campaign"]]


def open_postings(random: Random, *, by: Membership, campaign: Campaign, count: int) -> list[Posting]:
    """Make `count` open postings with their events, in a constant number of statements per batch."""
    places = {row.name: row for row in locations_of(by.organisation, _cities())}
    maker = Openings(random, campaign)
    pairs = [maker.make(number) for number in range(count)]
    postings = Posting.objects.bulk_create((posting for posting, _ in pairs), batch_size=BATCH)
    through = Posting.locations.through
    through.objects.bulk_create(
        (
            through(posting=posting, location=places[city])
            for posting, (_, city) in zip(postings, pairs, strict=True)
        ),
        batch_size=BATCH,
    )
    _record_opened(by, postings)
    return postings


def places_of(postings: list[Posting]) -> list[Place]:
    """The postings as people see them who choose among them."""
    return [
        Place(number, posting.track_id, posting.head_count or 0) for number, posting in enumerate(postings)
    ]


class Openings:
    """Makes one unsaved posting after the other, with the name of its location."""

    def __init__(self, random: Random, campaign: Campaign) -> None:
        rules = reference("generator")
        self._random = random
        self._campaign = campaign
        self._pipeline = Pipeline.objects.for_org(campaign.organisation).get(is_default=True)
        self._tracks = {row.code: row for row in Track.objects.for_org(campaign.organisation)}
        self._rows = texts()
        self._row = Weighted({n: row["head_count"] for n, row in enumerate(self._rows)})
        self._head_count = by_number(rules["postings"]["head_count"])
        self._teams = rules["postings"]["teams"]
        self._window = window_of(rules["calendar"])

    def make(self, number: int) -> tuple[Posting, str]:
        row = self._rows[self._row.draw(self._random)]
        team = self._random.choice(self._teams)
        city = reference("locations")[self._random.choice(row["locations"])]
        facts = facts_of(row) | {
            "title": f"{row['title']} ({team['name']} team, {city['name']})",
            "title_zh": f"{row['title_zh']}（{team['name_zh']}，{city['name_zh']}）",
        }
        posting = Posting(
            organisation=self._campaign.organisation,
            campaign=self._campaign,
            pipeline=self._pipeline,
            track=self._tracks[row["track"]],
            state=PostingState.OPEN,
            head_count=self._head_count.draw(self._random),
            graduation=self._window,
            feed=FEED,
            external_id=f"{self._campaign.slug}-{number + 1:05}",
            **facts,
        )
        return posting, city["name"]


def _cities() -> list[str]:
    return sorted({key for row in texts() for key in row["locations"]})


def _record_opened(by: Membership, postings: list[Posting]) -> None:
    record(
        event(
            EventType.POSTING_CREATED,
            organisation=by.organisation,
            by=by.account,
            posting=posting,
            data={"state": posting.state},
        )
        for posting in postings
    )
