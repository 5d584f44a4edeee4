"""Moving 10,000 applications: the verb, the two bare SQL statements that it can not do without, row by row.

`python -m bench.moves` prints each median and its ratio to the bare statements, of the same run.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from bench.measure import prepare, timed_ms

PEOPLE = 10_000
POSTINGS = 100
ROUNDS = 5

CANDIDATES = """
INSERT INTO ats_candidate (organisation_id, name, email, phone, language, words)
SELECT %(organisation)s, 'Person ' || n, 'person' || n || '@bench.example', '', 'en', ''
FROM generate_series(1, %(people)s) n
"""
APPLICATIONS = """
INSERT INTO ats_application (organisation_id, campaign_id, posting_id, candidate_id, track_id, stage_id)
SELECT %(organisation)s, p.campaign_id, p.id, c.id, p.track_id, %(stage)s
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM ats_candidate
    WHERE organisation_id = %(organisation)s) c
JOIN (SELECT *, row_number() OVER (ORDER BY id) AS n FROM ats_posting
    WHERE organisation_id = %(organisation)s) p ON p.n = 1 + c.n %% %(postings)s
"""
BARE_UPDATE = """
UPDATE ats_application SET stage_id = %(to)s, stage_entered_at = now(), updated_at = now()
WHERE organisation_id = %(organisation)s AND id = ANY(%(ids)s)
"""
BARE_INSERT = """
INSERT INTO ats_event
    (organisation_id, type, actor_id, move_id, posting_id, candidate_id, application_id, data)
SELECT organisation_id, 'application.moved', %(actor)s, %(move)s, posting_id, candidate_id, id,
    jsonb_build_object('from_stage', %(from)s, 'to_stage', stage_id)
FROM ats_application WHERE organisation_id = %(organisation)s AND id = ANY(%(ids)s)
"""


def main() -> None:
    prepare("bench_moves")
    season = Season()
    takes: dict[str, list[float]] = {"two bare statements": [], "the verb": [], "the verb, undone": []}
    for _ in range(ROUNDS):
        takes["two bare statements"].append(season.timed(season.bare))
        takes["the verb"].append(season.timed(season.verb))
        takes["the verb, undone"].append(season.timed(season.undo, setting_up=season.verb))
    takes["row by row"] = [season.timed(season.row_by_row)]
    floor = statistics.median(takes["two bare statements"])
    print(f"moving {PEOPLE:,} applications at {POSTINGS} postings, median of {ROUNDS}")
    for name, times in takes.items():
        middle = statistics.median(times)
        print(f"{name:>20}: {middle:8.0f} ms  {middle / floor:6.2f}x")


class Season:
    """An employer of its own, with everybody in one stage; every measured move begins there."""

    def __init__(self) -> None:
        from ats.models import Account, Membership
        from ats.organisations.setup import create_organisation
        from tests.factories import a_campaign

        owner, _created = Account.objects.for_email("owner@bench.example")
        self.organisation = create_organisation(by=owner, slug=f"bench-{uuid4()}", name="Bench")
        self.by = Membership.objects.for_org(self.organisation).get()
        self._fill(a_campaign(self.organisation))

    def _fill(self, campaign: Any) -> None:
        from ats.models import Application, Stage
        from tests.factories import a_posting

        stages = Stage.objects.for_org(self.organisation).order_by("position")
        self.start, self.goal = stages.values_list("pk", flat=True)[:2]
        for _ in range(POSTINGS):
            a_posting(self.organisation, campaign=campaign)
        facts = {"organisation": self.organisation.pk, "people": PEOPLE, "postings": POSTINGS}
        self.run(CANDIDATES, facts)
        self.run(APPLICATIONS, facts | {"stage": self.start})
        self.ids = list(Application.objects.for_org(self.organisation).values_list("pk", flat=True))

    def timed(self, task: Callable[[], object], *, setting_up: Callable[[], object] | None = None) -> float:
        """Milliseconds from everybody at the start, the tables just vacuumed."""
        from ats.models import Application

        Application.objects.for_org(self.organisation).update(stage=self.start)
        if setting_up:
            setting_up()
        for table in ("application", "event", "delivery"):
            self.run(f"VACUUM (ANALYZE) ats_{table}")
        self.run("CHECKPOINT")
        return timed_ms(task)

    def bare(self) -> None:
        from django.db import transaction

        from ats.models import Move

        move = Move.objects.create(organisation=self.organisation, asked=PEOPLE)
        facts = {
            "organisation": self.organisation.pk,
            "actor": self.by.account_id,
            "move": move.pk,
            "ids": self.ids,
            "from": self.start,
            "to": self.goal,
        }
        with transaction.atomic():
            self.run(BARE_UPDATE, facts)
            self.run(BARE_INSERT, facts)

    def verb(self) -> None:
        from ats.applications.moves import move_applications

        self.batch, _items = move_applications(by=self.by, applications=self.ids, to_stage=self.goal)
        assert self.batch.moved == PEOPLE

    def undo(self) -> None:
        from ats.applications.moves import undo_move

        undoing, _items, _related = undo_move(by=self.by, move=self.batch.pk)
        assert undoing.moved == PEOPLE

    def row_by_row(self) -> None:
        from django.db import transaction

        from ats.models import Application

        with transaction.atomic():
            for application in Application.objects.for_org(self.organisation):
                application.stage_id = self.goal
                application.save()
                self._tell(application)

    def _tell(self, application: Any) -> None:
        from ats.models import Channel, Delivery, Event, EventType

        event = Event.objects.create(
            organisation=self.organisation,
            type=EventType.APPLICATION_MOVED,
            actor=self.by,
            application=application,
            posting_id=application.posting_id,
            candidate_id=application.candidate_id,
            data={"from_stage": self.start, "to_stage": self.goal},
        )
        recipient = f"candidate:{application.candidate_id}"
        Delivery.objects.create(event=event, recipient=recipient, channel=Channel.EMAIL)

    def run(self, statement: str, facts: Any = None) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(statement, facts)


if __name__ == "__main__":
    main()
