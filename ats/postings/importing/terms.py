"""An organisation's table of track terms, ready to judge by."""

from __future__ import annotations

from ats.models import Organisation, TrackTerm
from ats.postings.importing.classify import Classifier, Term


def classifier_of(organisation: Organisation) -> Classifier:
    """One statement. The table's order is that in which its rows were added."""
    rows = TrackTerm.objects.for_org(organisation).order_by("id").select_related("track")
    return Classifier(
        Term(
            term=row.term,
            track=row.track.code if row.track else "",
            is_ai=row.is_ai,
            weight=row.weight,
        )
        for row in rows
    )
