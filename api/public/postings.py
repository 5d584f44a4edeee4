from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.permissions import AllowAny

from api.core.caching import CacheableByAll
from api.core.filtering import FilterSet
from api.core.filters import ChoiceFilter, FlagFilter, IdFilter, InstantFilter, SpanFilter
from api.core.questions import QuestionField
from api.core.throttling import PublicRate
from api.core.verdicts import BothLanguages
from ats.common.months import Span
from ats.eligibility.rule_book import requirements_of
from ats.eligibility.text import Text
from ats.eligibility.verdicts.graduates import open_to_graduates
from ats.models import Location, Posting, PostingKind, QuestionSet
from ats.models.posting import PostingQuerySet


class PublicPostingFilter(FilterSet):
    organisation = filters.CharFilter("organisation__slug")
    campaign = filters.CharFilter("campaign__slug")
    track = filters.CharFilter("track__code")
    kind = ChoiceFilter(choices=PostingKind.choices)
    location = IdFilter("locations", help_text="The id of a location.")
    graduation = filters.CharFilter(
        "graduation", "icontains", help_text="In what the posting says of graduation, as text: `2026`."
    )
    closes_after = InstantFilter("campaign__closes_at", "gte")
    closes_before = InstantFilter("campaign__closes_at", "lt")
    is_ai = FlagFilter()
    text = filters.CharFilter(method="holding", help_text="In the title or the employer's name.")
    graduates_in = SpanFilter(  # the last one, so that it judges only what the others leave
        method="open_to_graduates_in",
        help_text="Whose windows of graduation, by the rules of eligibility, hold this month (`2027-06`)"
        " or day (`2027-06-15`), or a part of the month.",
    )

    class Meta:
        model = Posting
        fields: tuple[str, ...] = ()

    def holding(self, rows: PostingQuerySet, name: str, value: str) -> PostingQuerySet:
        return rows.matching(value)

    def open_to_graduates_in(self, rows: PostingQuerySet, name: str, value: Span) -> PostingQuerySet:
        return rows.filter(pk__in=open_to_graduates(value))


class PublicLocation(serializers.ModelSerializer[Location]):
    class Meta:
        model = Location
        fields = ("id", "name", "name_zh", "country")


class PublicQuestions(serializers.ModelSerializer[QuestionSet]):
    """The questions in force; send the answers by key, and the id as `question_set`."""

    questions = QuestionField(many=True, read_only=True)

    class Meta:
        model = QuestionSet
        fields = ("id", "version", "questions")
        read_only_fields = fields


class PublicPosting(serializers.ModelSerializer[Posting]):
    """An open posting as anybody may see it. Times are UTC; `closes_at` is the first closed instant."""

    organisation = serializers.SlugRelatedField("slug", read_only=True)  # type: ignore[var-annotated]
    campaign = serializers.SlugRelatedField("slug", read_only=True)  # type: ignore[var-annotated]
    track = serializers.SlugRelatedField("code", read_only=True)  # type: ignore[var-annotated]
    closes_at = serializers.DateTimeField(source="campaign.closes_at", read_only=True)
    locations = PublicLocation(many=True, read_only=True)
    question_set = PublicQuestions(read_only=True, allow_null=True)
    eligibility = serializers.SerializerMethodField(help_text="All that is asked, in one sentence.")
    url = serializers.CharField(read_only=True, help_text="Where the employer shows it; may be empty.")

    class Meta:
        model = Posting
        fields = (
            "id", "organisation", "campaign", "track", "title", "title_zh", "employer", "kind",
            "programme", "description", "requirements", "pay", "graduation", "eligibility", "url",
            "is_ai", "head_count", "locations", "question_set", "published_at", "closes_at",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(BothLanguages)
    def get_eligibility(self, posting: Posting) -> dict[str, str]:
        asked: Text = self.context["requirements"][posting.pk]
        return asked.document()


class PublicPostings(
    CacheableByAll, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]
):
    """Postings that take applications now, of every organisation, newest first."""

    queryset = Posting.objects.public()
    serializer_class = PublicPosting
    filterset_class = PublicPostingFilter
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (PublicRate,)
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-id",)
    requirements: Mapping[int, Text] = MappingProxyType({})

    def paginate_queryset(self, queryset: Any) -> Any:
        page = super().paginate_queryset(queryset)
        self.requirements = requirements_of(page or [])
        return page

    def get_object(self) -> Posting:
        posting: Posting = super().get_object()
        self.requirements = requirements_of([posting])
        return posting

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "requirements": self.requirements}
