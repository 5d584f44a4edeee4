"""Putting a tag on many applications, or taking it off, in a constant number of statements."""

# ruff: noqa: S608  (only results are put into the statements)
from __future__ import annotations

from enum import StrEnum

from django.db import transaction

from ats.applications.batches import Applications, Item, ids_of, lock_applications, run_batch
from ats.events.insert import insert_events
from ats.models import EventType, Membership, Tag
from ats.outbox.routing import fan_out


class Tagged(StrEnum):
    """What became of one item. All but the first changed nothing."""

    DONE = "done"
    ALREADY = "already"
    NOT_FOUND = "not_found"


JUDGE = f"""
WITH judged AS (
    SELECT asked.id, a.posting_id, a.candidate_id, CASE
        WHEN a.id IS NULL THEN '{Tagged.NOT_FOUND}'
        WHEN (g.id IS NULL) = %(remove)s THEN '{Tagged.ALREADY}'
        ELSE '{Tagged.DONE}' END AS result
    FROM (SELECT DISTINCT unnest(%(ids)s::bigint[]) AS id) asked
    LEFT JOIN ats_application a ON a.id = asked.id AND a.organisation_id = %(organisation)s
    LEFT JOIN ats_tagging g ON g.application_id = a.id AND g.tag_id = %(tag)s
), """
ADD = f"""changed AS (
    INSERT INTO ats_tagging (organisation_id, application_id, tag_id)
    SELECT %(organisation)s, id, %(tag)s FROM judged WHERE result = '{Tagged.DONE}'
), """
REMOVE = f"""changed AS (
    DELETE FROM ats_tagging g USING judged
    WHERE g.application_id = judged.id AND g.tag_id = %(tag)s AND judged.result = '{Tagged.DONE}'
), """
RECORD_EVENTS = insert_events(
    f"FROM judged WHERE result = '{Tagged.DONE}'",
    type="%(type)s",
    application="id",
    data="jsonb_build_object('tag', %(tag)s::bigint)",
)
RECORD = f"""recorded AS (
    {RECORD_EVENTS}
)
SELECT id, result FROM judged ORDER BY id
"""


@transaction.atomic
def tag_applications(
    *,
    by: Membership,
    tag: Tag,
    applications: Applications,
    remove: bool = False,
    dry_run: bool = False,
) -> list[Item[Tagged]]:
    """Put a tag of the organisation on applications, or take it off; what became of each, in id order.

    With `dry_run` the answer is the same and nothing is kept. Raises Invalid("too_many").
    """
    ids = ids_of(applications)
    params = {
        "organisation": by.organisation_id,
        "actor": by.pk,
        "tag": tag.pk,
        "ids": ids,
        "remove": remove,
        "type": (EventType.APPLICATION_UNTAGGED if remove else EventType.APPLICATION_TAGGED).value,
    }
    lock_applications(by.organisation_id, ids)
    items = run_batch(JUDGE + (REMOVE if remove else ADD) + RECORD, params, Tagged)
    if dry_run:
        transaction.set_rollback(True)
    else:
        fan_out(by.organisation_id)
    return items
