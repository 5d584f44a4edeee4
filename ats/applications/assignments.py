"""Giving applications to recruiters: to one by name, or in turn by rule, which new ones are at once."""

# ruff: noqa: S608  (only constants are put into the statements)

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from ats.applications.batches import Applications, Item, hold, ids_of, run
from ats.common.errors import Invalid
from ats.events.insert import insert_events
from ats.models import EventType, Membership, Role
from ats.outbox.routing import fan_out

LOOKS_AFTER_APPLICATIONS = Role.RECRUITER
FITTING_ROLES = [role.value for role in Role if role.includes(LOOKS_AFTER_APPLICATIONS)]


class Assigned(StrEnum):
    """What became of one item. All but the first changed nothing."""

    DONE = "done"
    ALREADY = "already"
    NO_RULE = "no_rule"
    NOT_FOUND = "not_found"


ASSIGNED = insert_events(
    "FROM judged WHERE result = 'done'",
    type="%(type)s",
    application="id",
    data="jsonb_build_object('member', %(member)s::bigint)",
)
ASSIGN = f"""
WITH judged AS (
    SELECT asked.id, a.posting_id, a.candidate_id, CASE
        WHEN a.id IS NULL THEN 'not_found'
        WHEN s.member_id IS NOT DISTINCT FROM %(member)s::bigint THEN 'already'
        ELSE 'done' END AS result
    FROM (SELECT DISTINCT unnest(%(ids)s::bigint[]) AS id) asked
    LEFT JOIN ats_application a ON a.id = asked.id AND a.organisation_id = %(organisation)s
    LEFT JOIN ats_assignment s ON s.application_id = a.id
), given AS (
    INSERT INTO ats_assignment (organisation_id, application_id, member_id)
    SELECT %(organisation)s, id, %(member)s FROM judged
    WHERE result = 'done' AND %(member)s::bigint IS NOT NULL
    ON CONFLICT (application_id) DO UPDATE
    SET member_id = EXCLUDED.member_id, rule_id = NULL, assigned_at = now()
), taken AS (
    DELETE FROM ats_assignment s USING judged
    WHERE s.application_id = judged.id AND judged.result = 'done' AND %(member)s::bigint IS NULL
), recorded AS (
    {ASSIGNED}
)
SELECT id, result FROM judged ORDER BY id
"""

# Whoever deals by the same rules waits here, so that no turn is taken twice.
LOCK_RULES = (
    "SELECT id FROM ats_assignmentrule WHERE organisation_id = %(organisation)s ORDER BY id FOR UPDATE"
)

# A share's next turns stand at (dealt + 1) / weight, (dealt + 2) / weight and so on; the lowest
# come first. That deals n at once exactly as n times one.
DEALT = insert_events(
    "FROM judged JOIN dealt ON dealt.id = judged.id",
    type="%(type)s",
    application="judged.id",
    data="jsonb_build_object('member', dealt.member_id, 'rule', dealt.rule_id)",
)
DEAL = f"""
WITH fitting AS (
    SELECT s.id, s.rule_id, s.member_id, s.dealt, s.weight
    FROM ats_assignmentshare s
    JOIN ats_assignmentrule r ON r.id = s.rule_id AND r.organisation_id = %(organisation)s AND r.is_active
    JOIN ats_membership m ON m.id = s.member_id AND m.role = ANY(%(roles)s)
        AND m.ended_at IS NULL
), judged AS (
    SELECT asked.id, a.posting_id, a.candidate_id, rule.id AS rule_id, CASE
        WHEN a.id IS NULL THEN 'not_found'
        WHEN held.id IS NOT NULL THEN 'already'
        WHEN rule.id IS NULL THEN 'no_rule'
        ELSE 'done' END AS result
    FROM (SELECT DISTINCT unnest(%(ids)s::bigint[]) AS id) asked
    LEFT JOIN ats_application a ON a.id = asked.id AND a.organisation_id = %(organisation)s
    LEFT JOIN ats_assignment held ON held.application_id = a.id
    LEFT JOIN LATERAL (
        SELECT r.id FROM ats_assignmentrule r
        WHERE r.organisation_id = a.organisation_id AND r.is_active
            AND (r.track_id IS NULL OR r.track_id = a.track_id)
            AND (r.posting_id IS NULL OR r.posting_id = a.posting_id)
            AND (r.location_id IS NULL OR EXISTS (SELECT FROM ats_posting_locations l
                WHERE l.posting_id = a.posting_id AND l.location_id = r.location_id))
            AND EXISTS (SELECT FROM fitting WHERE fitting.rule_id = r.id)
        ORDER BY r.position LIMIT 1
    ) rule ON true
), queued AS (
    SELECT id, rule_id, row_number() OVER (PARTITION BY rule_id ORDER BY id) AS turn
    FROM judged WHERE result = 'done'
), turns AS (
    SELECT f.id AS share_id, f.rule_id, f.member_id, row_number() OVER (
        PARTITION BY f.rule_id ORDER BY (f.dealt + k)::numeric / f.weight, f.id) AS turn
    FROM fitting f
    JOIN (SELECT rule_id, count(*) AS size FROM queued GROUP BY rule_id) q USING (rule_id)
    CROSS JOIN LATERAL generate_series(1, q.size) AS k
), dealt AS (
    SELECT queued.id, turns.* FROM queued JOIN turns USING (rule_id, turn)
), given AS (
    INSERT INTO ats_assignment (organisation_id, application_id, member_id, rule_id)
    SELECT %(organisation)s, id, member_id, rule_id FROM dealt
), counted AS (
    UPDATE ats_assignmentshare s SET dealt = s.dealt + c.size
    FROM (SELECT share_id, count(*) AS size FROM dealt GROUP BY share_id) c WHERE c.share_id = s.id
), recorded AS (
    {DEALT}
)
SELECT id, result FROM judged ORDER BY id
"""


@transaction.atomic
def assign(
    *, by: Membership, applications: Applications, to: Membership | None, dry_run: bool = False
) -> list[Item[Assigned]]:
    """Give applications to a recruiter, whoever has them now, or with None to nobody.

    What became of each, in id order; with `dry_run` nothing is kept. Raises Invalid("not_a_recruiter").
    """
    if to is not None:
        require_recruiter(to, field="member")
    kind = EventType.APPLICATION_ASSIGNED if to else EventType.APPLICATION_UNASSIGNED
    ids = ids_of(applications)
    facts = _facts(by, ids, kind) | {"member": to.pk if to else None}
    hold(by.organisation_id, ids)
    return _kept(by, run(ASSIGN, facts, Assigned), dry_run=dry_run)


@transaction.atomic
def deal(*, by: Membership, applications: Applications, dry_run: bool = False) -> list[Item[Assigned]]:
    """Give applications that nobody has to the recruiters whose turn it is by the rules.

    What became of each, in id order; with `dry_run` nothing is kept and no turn is used up.
    """
    ids = ids_of(applications)
    facts = _facts(by, ids, EventType.APPLICATION_ASSIGNED)
    hold(by.organisation_id, ids)
    return _kept(by, _deal(facts), dry_run=dry_run)


def distribute_new(organisation: int, applications: Collection[int]) -> None:
    """The same for applications that are just being made, which nobody else sees yet.

    Nobody did it: their events have no actor. The caller queues the deliveries of its transaction.
    """
    kind = EventType.APPLICATION_ASSIGNED.value
    _deal({"organisation": organisation, "actor": None, "ids": list(applications), "type": kind})


def _deal(facts: dict[str, Any]) -> list[Item[Assigned]]:
    with connection.cursor() as cursor:
        cursor.execute(LOCK_RULES, facts)
    return run(DEAL, facts | {"roles": FITTING_ROLES}, Assigned)


def _facts(by: Membership, ids: list[int], kind: EventType) -> dict[str, Any]:
    return {
        "organisation": by.organisation_id,
        "actor": by.pk,
        "ids": ids,
        "type": kind.value,
    }


def _kept(by: Membership, items: list[Item[Assigned]], *, dry_run: bool) -> list[Item[Assigned]]:
    if dry_run:
        transaction.set_rollback(True)
    else:
        fan_out(by.organisation_id)
    return items


def require_recruiter(member: Membership, *, field: str) -> None:
    """Raise Invalid("not_a_recruiter") for a member whom applications are not given to."""
    if member.ended_at is not None or member.role not in FITTING_ROLES:
        sentence = _("Only recruiters and owners look after applications.")
        raise Invalid("not_a_recruiter", sentence, field=field)
