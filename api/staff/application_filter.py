from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.core.filtering import FilterSet
from api.core.filters import (
    AfterFilter,
    BeforeFilter,
    ChoiceFilter,
    DecimalFilter,
    IdFilter,
    InstantFilter,
    OneId,
    WholeNumberFilter,
)
from ats.models import (
    Application,
    ApplicationState,
    Assignment,
    Candidate,
    Degree,
    Education,
    Outcome,
    Region,
    Tagging,
)
from ats.triage.annotations import filter_by_score, filter_by_verdict
from ats.triage.orders import ORDERS
from ats.triage.search import filter_by_text

Rows = QuerySet[Application]
MOST_DAYS = 36_500
MOST_POINTS = 1_000_000


class DaysInStageFilter(WholeNumberFilter):
    """How long an application has been in its stage, in whole days."""

    def __init__(self, lookup: str, **kwargs: Any) -> None:
        super().__init__("stage_entered_at", lookup, min_value=0, max_value=MOST_DAYS, **kwargs)

    def filter(self, qs: Rows, value: int | None) -> Rows:
        return qs if value is None else super().filter(qs, Now() - timedelta(days=value))


class LatestEducation(filters.Filter):
    """A column of the education that the candidate is judged by; mixed into a filter of its type."""

    def filter(self, qs: Rows, value: Any) -> Rows:
        if value in (None, "", []):
            return qs
        latest = Education.objects.filter(candidate=OuterRef("candidate"), is_latest=True)
        return qs.filter(Exists(latest.filter(**{f"{self.field_name}__{self.lookup_expr}": value})))


class EducationId(LatestEducation, OneId):
    pass


class EducationChoice(LatestEducation, filters.ChoiceFilter):
    pass


@extend_schema_field(serializers.ChoiceField(choices=Degree.choices))
class EducationDegree(LatestEducation, filters.TypedChoiceFilter):
    def __init__(self, lookup: str, **kwargs: Any) -> None:
        super().__init__("degree", lookup, choices=Degree.choices, coerce=int, **kwargs)


class EducationTier(LatestEducation, filters.CharFilter):
    def filter(self, qs: Rows, value: str) -> Rows:
        return super().filter(qs, [value] if value else [])


class ScoreFilter(DecimalFilter):
    """The best written test, in percent; who took none has no score."""

    def __init__(self, lookup: str, **kwargs: Any) -> None:
        super().__init__("score", lookup, min_value=0, max_value=MOST_POINTS, **kwargs)

    def filter(self, qs: Rows, value: Decimal | None) -> Rows:
        return qs if value is None else filter_by_score(qs, self.lookup_expr, value)


class ApplicationFilter(FilterSet):
    """Whatever the list shows. The moves, the saved views and the queue choose by the same."""

    campaign = IdFilter("campaign")
    posting = IdFilter("posting")
    candidate = OneId(method="of_person", help_text="Of the person that this is a record of.")
    track = filters.CharFilter("track__code", max_length=40)
    stage = IdFilter("stage")
    state = ChoiceFilter(choices=ApplicationState.choices)
    source = filters.CharFilter(max_length=40)
    preference = WholeNumberFilter(field_name="preference", min_value=1, max_value=99)
    graduates_after = AfterFilter("graduates_from", help_text="A month or a day; certainly not before it.")
    graduates_before = BeforeFilter("graduates_until", help_text="A month or a day; certainly not after it.")
    applied_after = InstantFilter("created_at", "gte")
    applied_before = InstantFilter("created_at", "lt")
    days_in_stage_least = DaysInStageFilter("lte")
    days_in_stage_most = DaysInStageFilter("gte")
    degree = EducationDegree("exact")
    degree_least = EducationDegree("gte")
    institution = EducationId("institution")
    institution_tier = EducationTier("institution__tiers", "contains", max_length=20)
    institution_region = EducationChoice("institution__region", choices=Region.choices)
    tag = OneId(method="with_tag")
    member = OneId(method="of_member", help_text="The recruiter who looks after it.")
    score_least = ScoreFilter("gte")
    score_most = ScoreFilter("lte")
    verdict = filters.ChoiceFilter(choices=Outcome.choices, method="with_verdict", help_text="The newest.")
    text = filters.CharFilter(
        method="by_text",
        max_length=100,
        help_text="In name, school, e-mail or phone; one Chinese character is enough.",
    )
    order = filters.ChoiceFilter(choices=[(name, name) for name in ORDERS], method="in_order")

    class Meta:
        model = Application
        fields: tuple[str, ...] = ()

    def of_person(self, rows: Rows, name: str, value: int) -> Rows:
        records = Candidate.objects.filter(Q(pk=value) | Q(merged_into=value))
        return rows.filter(candidate__in=records)

    def with_tag(self, rows: Rows, name: str, value: int) -> Rows:
        return rows.filter(Exists(Tagging.objects.filter(application=OuterRef("pk"), tag=value)))

    def of_member(self, rows: Rows, name: str, value: int) -> Rows:
        return rows.filter(Exists(Assignment.objects.filter(application=OuterRef("pk"), member=value)))

    def with_verdict(self, rows: Rows, name: str, value: str) -> Rows:
        return filter_by_verdict(rows, value)

    def by_text(self, rows: Any, name: str, value: str) -> Rows:
        return filter_by_text(rows, value)

    def in_order(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.order_by(*ORDERS[value])
