"""Giving applications to recruiters: to a named one, or in turn by the assignment rules."""

# ruff: noqa: S608  (only results are put into the statements)
from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from ats.applications.batches import Applications, Item, ids_of, lock_applications, run_batch
from ats.applications.turns import Turn, take_turns
from ats.common.errors import Invalid
from ats.events.insert import insert_events
from ats.models import EventType, Membership, Role
from ats.outbox.routing import fan_out

LEAST_ROLE = Role.RECRUITER
FITTING_ROLES = [role.value for role in Role if role.includes(LEAST_ROLE)]


class Assigned(StrEnum):
    """What became of one item. All but the first changed nothing."""

    DONE = "done"
    ALREADY = "already"
    NO_RULE = "no_rule"
    NOT_FOUND = "not_found"


ASSIGNED = insert_events(
    f"FROM judged WHERE result = '{Assigned.DONE}'",
    type="%(type)s",
    application="id",
    data="jsonb_build_object('member', %(member)s::bigint)",
)
ASSIGN = f"""
WITH judged AS (
    SELECT asked.id, a.posting_id, a.candidate_id, CASE
        WHEN a.id IS NULL THEN '{Assigned.NOT_FOUND}'
        WHEN s.member_id IS NOT DISTINCT FROM %(member)s::bigint THEN '{Assigned.ALREADY}'
        ELSE '{Assigned.DONE}' END AS result
    FROM (SELECT DISTINCT unnest(%(ids)s::bigint[]) AS id) asked
    LEFT JOIN ats_application a ON a.id = asked.id AND a.organisation_id = %(organisation)s
    LEFT JOIN ats_assignment s ON s.application_id = a.id
), assigned AS (
    INSERT INTO ats_assignment (organisation_id, application_id, member_id)
    SELECT %(organisation)s, id, %(member)s FROM judged
    WHERE result = '{Assigned.DONE}' AND %(member)s::bigint IS NOT NULL
    ON CONFLICT (application_id) DO UPDATE
    SET member_id = EXCLUDED.member_id, rule_id = NULL, assigned_at = now()
), unassigned AS (
    DELETE FROM ats_assignment s USING judged
    WHERE s.application_id = judged.id AND judged.result = '{Assigned.DONE}' AND %(member)s::bigint IS NULL
), recorded AS (
    {ASSIGNED}
)
SELECT id, result FROM judged ORDER BY id
"""

# Distributions of one organisation run one after the other here, so that no turn is taken twice.
LOCK_RULES = (
    "SELECT id FROM ats_assignmentrule WHERE organisation_id = %(organisation)s ORDER BY id FOR UPDATE"
)
SHARES = """
SELECT s.rule_id, s.id, s.member_id, s.weight, s.assigned_count
FROM ats_assignmentshare s
JOIN ats_assignmentrule r ON r.id = s.rule_id AND r.organisation_id = %(organisation)s AND r.is_active
JOIN ats_membership m ON m.id = s.member_id AND m.role = ANY(%(roles)s) AND m.ended_at IS NULL
ORDER BY s.rule_id, s.id
"""
JUDGE_BY_RULE = f"""
SELECT asked.id, rule.id, CASE
    WHEN a.id IS NULL THEN '{Assigned.NOT_FOUND}'
    WHEN existing.id IS NOT NULL THEN '{Assigned.ALREADY}'
    WHEN rule.id IS NULL THEN '{Assigned.NO_RULE}'
    ELSE '{Assigned.DONE}' END AS result
FROM (SELECT DISTINCT unnest(%(ids)s::bigint[]) AS id) asked
LEFT JOIN ats_application a ON a.id = asked.id AND a.organisation_id = %(organisation)s
LEFT JOIN ats_assignment existing ON existing.application_id = a.id
LEFT JOIN LATERAL (
    SELECT r.id FROM ats_assignmentrule r
    WHERE r.id = ANY(%(rules)s)
        AND (r.track_id IS NULL OR r.track_id = a.track_id)
        AND (r.posting_id IS NULL OR r.posting_id = a.posting_id)
        AND (r.location_id IS NULL OR EXISTS (SELECT FROM ats_posting_locations l
            WHERE l.posting_id = a.posting_id AND l.location_id = r.location_id))
    ORDER BY r.position LIMIT 1
) rule ON true
ORDER BY asked.id
"""
DISTRIBUTED = insert_events(
    "FROM turns JOIN ats_application a ON a.id = turns.application_id ORDER BY a.id",
    type="%(type)s",
    application="a.id",
    data="jsonb_build_object('member', turns.member_id, 'rule', turns.rule_id)",
)
DISTRIBUTE = f"""
WITH turns AS (
    SELECT * FROM unnest(%(applications)s::bigint[], %(members)s::bigint[], %(turn_rules)s::bigint[])
        AS t(application_id, member_id, rule_id)
), assigned AS (
    INSERT INTO ats_assignment (organisation_id, application_id, member_id, rule_id)
    SELECT %(organisation)s, application_id, member_id, rule_id FROM turns
), counted AS (
    UPDATE ats_assignmentshare s SET assigned_count = s.assigned_count + c.size
    FROM (SELECT share_id, count(*) AS size FROM unnest(%(shares)s::bigint[]) AS share_id
        GROUP BY share_id) c
    WHERE c.share_id = s.id
)
{DISTRIBUTED}
"""


@transaction.atomic
def assign_applications(
    *, by: Membership, applications: Applications, to: Membership | None, dry_run: bool = False
) -> list[Item[Assigned]]:
    """Give applications to a recruiter, whoever has them now, or with None to nobody.

    What became of each, in id order; with `dry_run` nothing is kept. Raises Invalid("not_a_recruiter"),
    Invalid("too_many").
    """
    if to is not None:
        require_recruiter(to, field="member")
    event_type = EventType.APPLICATION_ASSIGNED if to else EventType.APPLICATION_UNASSIGNED
    ids = ids_of(applications)
    params = {
        "organisation": by.organisation_id,
        "actor": by.pk,
        "ids": ids,
        "type": event_type.value,
        "member": to.pk if to else None,
    }
    lock_applications(by.organisation_id, ids)
    return _finish(by, run_batch(ASSIGN, params, Assigned), dry_run=dry_run)


@transaction.atomic
def distribute_applications(
    *, by: Membership, applications: Applications, dry_run: bool = False
) -> list[Item[Assigned]]:
    """Give applications that nobody has to the recruiters whose turn it is by the rules.

    What became of each, in id order; with `dry_run` nothing is kept and no turn is used up. Raises
    Invalid("too_many").
    """
    ids = ids_of(applications)
    lock_applications(by.organisation_id, ids)
    items = distribute(by.organisation_id, ids, actor=by.pk)
    return _finish(by, items, dry_run=dry_run)


def distribute(organisation: int, ids: Sequence[int], *, actor: int | None) -> list[Item[Assigned]]:
    """Distribute locked applications in the caller's transaction, which queues the deliveries itself.

    1. Lock the rules of the organisation, so that distributions run one after the other.
    2. Read the shares of those whose role still fits.
    3. Find for each application the rule that decides, or why there is none.
    4. Give the applications of each rule to its shares, whose turns are computed by `take_turns`.
    5. Write the assignments, the counts of the shares and the events.
    """
    params: dict[str, Any] = {"organisation": organisation, "ids": list(ids), "roles": FITTING_ROLES}
    with connection.cursor() as cursor:
        cursor.execute(LOCK_RULES, params)
        cursor.execute(SHARES, params)
        shares = cursor.fetchall()
        cursor.execute(JUDGE_BY_RULE, params | {"rules": sorted({rule for rule, *_ in shares})})
        judged = [(pk, rule, Assigned(result)) for pk, rule, result in cursor.fetchall()]
        turns = take_turns(shares, [(pk, rule) for pk, rule, result in judged if result is Assigned.DONE])
        if turns:
            cursor.execute(DISTRIBUTE, params | _turn_params(turns) | {"actor": actor})
    return [Item(pk, result) for pk, _rule, result in judged]


def _turn_params(turns: Sequence[Turn]) -> dict[str, Any]:
    return {
        "applications": [turn.application for turn in turns],
        "members": [turn.member for turn in turns],
        "turn_rules": [turn.rule for turn in turns],
        "shares": [turn.share for turn in turns],
        "type": EventType.APPLICATION_ASSIGNED.value,
    }


def _finish(by: Membership, items: list[Item[Assigned]], *, dry_run: bool) -> list[Item[Assigned]]:
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
