"""The one scope for everything that a candidate reads: of each kind of row, what the candidate may see.

Every answer about oneself, and the export, take their rows from here. What the team has not made known is
in no scope: drafts of offers, rejections that wait, notes, ratings.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Case, Exists, Model, OuterRef, QuerySet, Value, When

from ats.models.access import AccessRecord
from ats.models.application import Application
from ats.models.assessment import AssessmentResult
from ats.models.delivery import Delivery, DeliveryState
from ats.models.note import Note
from ats.models.offer import SHOWN, Offer
from ats.models.scorecard import Scorecard

# What a reading is said to have shown. The names of the team's resources would show that there are some.
PERSON = ("candidates", "duplicates", "merges", "distinctions")


def _applications(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.with_visible_state()  # type: ignore[attr-defined, no-any-return]


def _offers(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(state__in=SHOWN)


def _assessment_results(rows: QuerySet[Any]) -> QuerySet[Any]:
    """A score is made known with the decision, not while it is being made."""
    active = Application.objects.visibly_active().filter(pk=OuterRef("application"))
    return rows.exclude(Exists(active))


def _deliveries(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(state=DeliveryState.SENT)


def _accesses(rows: QuerySet[Any]) -> QuerySet[Any]:
    shown = Case(When(resource__in=PERSON, then=Value("candidates")), default=Value("applications"))
    seen: QuerySet[Any] = rows.annotate(visible_resource=shown)
    return seen


def _nothing(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.none()


SCOPES: dict[type[Model], Callable[[QuerySet[Any]], QuerySet[Any]]] = {
    AccessRecord: _accesses,
    Application: _applications,
    AssessmentResult: _assessment_results,
    Delivery: _deliveries,
    Note: _nothing,
    Offer: _offers,
    Scorecard: _nothing,
}


def visible_to_candidate(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of rows about a candidate those that the candidate may see, as they may be seen.

    A column whose value differs from what is stored is annotated beside it: `visible_state`.
    """
    scope = SCOPES.get(rows.model)
    return scope(rows) if scope else rows
