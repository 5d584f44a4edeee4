"""Saying that two records that look alike are two people."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ats.common.database_errors import is_violation
from ats.common.errors import Conflict, NotFound
from ats.events.record import new_event, record_events
from ats.models import Candidate, DismissedPair, EventType, Membership


@transaction.atomic
def distinguish(*, by: Membership, one: int, other: int) -> DismissedPair:
    """Show the pair of two candidates no more among the duplicates.

    Raises NotFound("candidate_not_found"), Conflict("same_person") for records that are merged, or one
    record, and Conflict("distinguished_already").
    """
    newer, older = _pair(by, one, other)
    try:
        with transaction.atomic():
            finding = DismissedPair.objects.create(
                organisation=by.organisation, actor=by, newer=newer, older=older
            )
    except IntegrityError as error:
        if not is_violation(error, "distinction_once"):
            raise
        sentence = _("These are told apart already.")
        raise Conflict("distinguished_already", sentence, field="other") from None
    _record(finding, EventType.CANDIDATES_DISTINGUISHED, by)
    return finding


@transaction.atomic
def forget_distinction(*, by: Membership, finding: DismissedPair) -> None:
    """Show the pair again, if it still looks alike."""
    _record(finding, EventType.DISTINCTION_REMOVED, by)
    finding.delete()


def _pair(by: Membership, *ids: int) -> list[Candidate]:
    """The two, the newer record first."""
    found = Candidate.objects.for_org(by.organisation).in_bulk(ids)
    if missing := [pk for pk in ids if pk not in found]:
        raise NotFound("candidate_not_found", _("There is no such candidate."), missing=missing)
    if len({row.merged_into_id or row.pk for row in found.values()}) == 1:
        raise Conflict("same_person", _("These are records of one person already."), field="other")
    return [found[pk] for pk in sorted(ids, reverse=True)]


def _record(finding: DismissedPair, type: EventType, by: Membership) -> None:
    data = {"distinction": finding.pk, "other": finding.older_id}
    event = new_event(
        type, organisation=finding.organisation, by=by, candidate_id=finding.newer_id, data=data
    )
    record_events([event])
