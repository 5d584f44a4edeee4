"""Merging says that two records are one person, by a pointer. Nothing else of either is touched.

So nothing can be lost: not two applications to the same posting, which both stay; and taking it
back is exact, whatever has happened to the applications since. Letters of rejection that wait
follow the pointer, there and back: a person gets one, and nobody another's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.common.errors import Conflict, NotFound
from ats.events.record import new_event, record_events
from ats.models import Candidate, EventType, Membership, Merge
from ats.outbox.routing import reassign


@transaction.atomic
def merge(*, by: Membership, kept: int, merged: int) -> Merge:
    """Let `kept` stand for the person that `merged` is a record of, too.

    Of a record that is merged already its person is meant. Raises NotFound("candidate_not_found"),
    Conflict("same_person") and, when somebody else was quicker, Conflict("merged_meanwhile").
    """
    first, second = _persons(by, kept, merged)
    if first.pk == second.pk:
        raise Conflict("same_person", _("These are records of one person already."), field="merged")
    _lock(first, second)
    _require_persons(by, {kept: first, merged: second})
    members = Candidate.objects.filter(Q(pk=second.pk) | Q(merged_into=second))
    ids = sorted(members.values_list("pk", flat=True))
    Candidate.objects.filter(pk__in=ids).update(merged_into=first, updated_at=Now())
    reassign(ids)
    finding = Merge.objects.create(
        organisation=by.organisation, actor=by, kept=first, merged=second, members=ids
    )
    _record(finding, EventType.CANDIDATES_MERGED, by)
    return finding


@transaction.atomic
def undo_merge(*, by: Membership, finding: Merge) -> Merge:
    """Take a merge back: every record stands for whom it stood before.

    Raises Conflict("undone_already"), and Conflict("merged_further") while the person has been
    merged into another since: that merge has to be undone first.
    """
    finding = Merge.objects.select_for_update().get(pk=finding.pk)
    if finding.undone_at:
        raise Conflict("undone_already", _("This merge was undone already."))
    if Candidate.objects.select_for_update(no_key=True).get(pk=finding.kept_id).merged_into_id:
        raise Conflict("merged_further", _("This person was merged into another since: undo that first."))
    followers = [pk for pk in finding.members if pk != finding.merged_id]
    Candidate.objects.filter(pk=finding.merged_id).update(merged_into=None, updated_at=Now())
    Candidate.objects.filter(pk__in=followers).update(merged_into=finding.merged_id, updated_at=Now())
    reassign(finding.members)
    Merge.objects.filter(pk=finding.pk).update(undone_at=Now())
    finding.refresh_from_db()
    _record(finding, EventType.CANDIDATES_UNMERGED, by)
    return finding


def _persons(by: Membership, *ids: int) -> list[Candidate]:
    """The records that stand for the persons of these."""
    found = Candidate.objects.for_org(by.organisation).select_related("merged_into").in_bulk(ids)
    if missing := [pk for pk in ids if pk not in found]:
        raise NotFound("candidate_not_found", _("There is no such candidate."), missing=missing)
    return [found[pk].merged_into or found[pk] for pk in ids]


def _lock(*persons: Candidate) -> None:
    """Lock both, in id order. Who points to a person changes only while its row is locked."""
    rows = Candidate.objects.filter(pk__in=[row.pk for row in persons]).order_by("pk")
    if any(row.merged_into_id for row in rows.select_for_update(no_key=True)):
        _refuse_merged_meanwhile()


def _require_persons(by: Membership, meant: Mapping[int, Candidate]) -> None:
    """While the lock was awaited, a merge may have been taken back: then these are others."""
    if [row.pk for row in _persons(by, *meant)] != [row.pk for row in meant.values()]:
        _refuse_merged_meanwhile()


def _refuse_merged_meanwhile() -> NoReturn:
    sentence = _("Somebody has merged one of these just now: look again.")
    raise Conflict("merged_meanwhile", sentence)


def _record(finding: Merge, type: EventType, by: Membership) -> None:
    data = {"merge": finding.pk, "kept": finding.kept_id, "members": finding.members}
    event = new_event(
        type, organisation=finding.organisation, by=by, candidate_id=finding.merged_id, data=data
    )
    record_events([event])
