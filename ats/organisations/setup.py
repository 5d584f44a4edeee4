"""Setting up an employer: its tracks, terms and pipeline come from the shipped reference lists."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from ats.common.reference import reference
from ats.models import (
    Account,
    Membership,
    Organisation,
    RejectionReason,
    Role,
    Track,
    TrackTerm,
)
from ats.selection.pipelines.documents import library, plan_of
from ats.selection.pipelines.writing import add_pipeline


@transaction.atomic
def create_organisation(*, by: Account, slug: str, name: str, **details: Any) -> Organisation:
    """A new organisation with `by` as its owner, the shipped tracks, terms, reasons and pipeline."""
    organisation = Organisation.objects.create(slug=slug, name=name, **details)
    Membership.objects.create(organisation=organisation, account=by, role=Role.OWNER)
    _add_tracks(organisation)
    _add_rejection_reasons(organisation)
    for document in library():
        if document["is_default"]:
            add_pipeline(organisation, plan_of(document))
    return organisation


def _add_tracks(organisation: Organisation) -> None:
    rows = enumerate(reference("tracks")["track"])
    tracks = Track.objects.bulk_create(
        Track(organisation=organisation, position=position, **row) for position, row in rows
    )
    by_code = {track.code: track for track in tracks}
    now = (
        timezone.now()
    )  # a default of the database's would keep Django from sending arrays: ten times slower
    TrackTerm.objects.bulk_create(
        TrackTerm(
            organisation=organisation,
            created_at=now,
            term=row["term"],
            track=by_code.get(row.get("track", "")),
            is_ai=row.get("is_ai", False),
            weight=row.get("weight", 0),
        )
        for row in reference("track_terms")["term"]
    )


def _add_rejection_reasons(organisation: Organisation) -> None:
    rows = enumerate(reference("rejection_reasons")["reason"])
    RejectionReason.objects.bulk_create(
        RejectionReason(organisation=organisation, position=position, **row) for position, row in rows
    )
