from __future__ import annotations

from decimal import Decimal

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from rest_framework import serializers

from api.core.filtering import FilterSet
from api.core.filters import OneId
from api.core.noting import RecordsAccess
from api.core.viewsets import ReadViewSet
from ats.eligibility.rule_book import effective_rules
from ats.eligibility.verdicts.counts import eligible_candidates
from ats.models import Candidate, Consent, Education, Posting


class EducationRow(serializers.ModelSerializer[Education]):
    graduation = serializers.CharField(
        allow_null=True, help_text="The month, such as 2027-06, or the day where it is known: 2027-06-30."
    )

    class Meta:
        model = Education
        fields = (
            "id", "institution", "institution_name", "degree", "major", "starts_on",
            "graduation", "is_latest",
        )  # fmt: skip


class CandidateRow(serializers.ModelSerializer[Candidate]):
    educations = EducationRow(many=True)

    class Meta:
        model = Candidate
        fields = (
            "id", "name", "email", "phone", "language", "educations", "merged_into", "created_at",
            "updated_at", "erased_at",
        )  # fmt: skip


class CandidateFilter(FilterSet):
    email = filters.CharFilter(help_text="The whole address.")
    consent = filters.CharFilter(method="consenting", help_text="A purpose that they agree to now.")
    eligible_for = OneId(
        method="only_eligible", help_text="The id of a posting: who meets its rules as they stand."
    )

    class Meta:
        model = Candidate
        fields: tuple[str, ...] = ()

    def consenting(self, rows: QuerySet[Candidate], name: str, value: str) -> QuerySet[Candidate]:
        return rows.filter(consents__in=Consent.objects.standing().filter(purpose=value))

    def only_eligible(self, rows: QuerySet[Candidate], name: str, posting: Decimal) -> QuerySet[Candidate]:
        # `rows` are the member's already: a posting of others takes none of them.
        rules = effective_rules(Posting.objects.filter(pk=int(posting)))
        return rows.filter(pk__in=eligible_candidates(rules[0])) if rules else rows.none()


class Candidates(RecordsAccess, ReadViewSet):
    """The organisation's record of the people who applied, newest first."""

    queryset = Candidate.objects.prefetch_related("educations")
    serializer_class = CandidateRow
    filterset_class = CandidateFilter
    resource = "candidates"
