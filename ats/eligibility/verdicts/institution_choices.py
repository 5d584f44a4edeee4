"""The schools that a person may mean, where a verdict is open because the one they wrote is not certain."""

from __future__ import annotations

from typing import Any

from ats.eligibility.kinds.institution import InstitutionList
from ats.eligibility.kinds.institution_tier import InstitutionTier
from ats.eligibility.verdicts.document import Document
from ats.models import Candidate, Education
from ats.people.institutions import Mention, resolve
from ats.people.institutions.mention import choices_document

ABOUT_INSTITUTIONS = frozenset({InstitutionList.kind, InstitutionTier.kind})


def institution_choices(candidate: Candidate, verdict: Document) -> list[dict[str, Any]]:
    """Of the latest education, if the verdict waits for its institution; else none."""
    waits = {rule["kind"] for rule in verdict["rules"] if rule["outcome"] == "unknown"}
    if not waits & ABOUT_INSTITUTIONS:
        return []
    latest = Education.objects.filter(candidate=candidate, is_latest=True, institution=None).first()
    if latest is None:
        return []
    (found,) = resolve([Mention(latest.institution_name, country=latest.country)])
    return choices_document(found.choices)
