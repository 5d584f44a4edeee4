from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.filtering import FilterSet, refuse_bad_parameters
from api.core.filters import IdFilter
from api.core.serializers import OwnedField, StrictSerializer
from api.core.viewsets import ReadViewSet
from ats.eligibility.kinds import KINDS
from ats.eligibility.rule_book import effective_rules, today_of
from ats.eligibility.saving import draft_rules, save_rules
from ats.eligibility.trees import read_tree, sentence
from ats.eligibility.verdicts.counts import counts
from ats.eligibility.verdicts.preview import preview
from ats.eligibility.verdicts.rejudge import rejudge
from ats.models import Campaign, Department, Outcome, Posting, RuleSet

SCOPES = ("campaign", "department", "posting")
TREE = {
    "all": [
        {"kind": "graduation_window", "params": {"ranges": [{"from": "2026-11", "to": "2027-10-30"}]}},
        {
            "any": [
                {"kind": "degree", "params": {"least": "master"}},
                {"kind": "referral", "params": {}},
            ]
        },
    ]
}
EXAMPLE = OpenApiExample("rules of a campaign", {"campaign": 1, "tree": TREE}, request_only=True)


class RuleSetRow(serializers.ModelSerializer[RuleSet]):
    sentence = serializers.SerializerMethodField(help_text="What is asked, in English and Chinese.")

    class Meta:
        model = RuleSet
        fields = (
            "id", "campaign", "department", "posting", "version", "tree", "relaxable", "relaxes",
            "sentence", "created_by", "created_at",
        )  # fmt: skip

    def get_sentence(self, row: RuleSet) -> dict[str, str]:
        return sentence(read_tree(row.tree)).document()


class Draft(StrictSerializer):
    """Rules of one scope: a campaign, a department or a posting.

    A node of `tree` is `{"all": […]}`, `{"any": […]}`, `{"not": node}` or `{"kind": …, "params": …}`.
    """

    campaign = OwnedField(queryset=Campaign.objects.all(), required=False)
    department = OwnedField(queryset=Department.objects.all(), required=False)
    posting = OwnedField(queryset=Posting.objects.all(), required=False)
    tree = serializers.DictField()
    relaxable = serializers.MultipleChoiceField(
        choices=list(KINDS), required=False, help_text="Of a campaign: what its postings may set aside."
    )
    relaxes = serializers.MultipleChoiceField(
        choices=list(KINDS), required=False, help_text="Of a posting: what it does set aside."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        named = [name for name in SCOPES if name in attrs]
        if len(named) != 1:
            detail = "Name one of campaign, department and posting."
            raise serializers.ValidationError(detail, "scope_required")
        return {"scope": attrs.pop(named[0]), **attrs}


class NewRules(Draft):
    expected_version = serializers.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        required=False,
        help_text="The version you saw. If there is a newer one the save is refused: `rules_changed`.",
    )


class ChangeRow(serializers.Serializer[Any]):
    before = serializers.ChoiceField(choices=Outcome.choices)
    after = serializers.ChoiceField(choices=Outcome.choices)
    count = serializers.IntegerField()
    examples = serializers.ListField(child=serializers.IntegerField(), help_text="The lowest ids.")


class PreviewReport(serializers.Serializer[Any]):
    """How many go from which outcome to which, were the rules saved now.

    A candidate's outcome is the best among the postings concerned, an application's that of its own.
    """

    postings = serializers.IntegerField(help_text="How many postings the rules are for.")
    candidates = ChangeRow(many=True)
    applications = ChangeRow(many=True)


class RejudgedRow(serializers.Serializer[Any]):
    application = serializers.IntegerField()
    before = serializers.CharField(help_text="Empty when it had not been judged.")
    after = serializers.ChoiceField(choices=Outcome.choices)


class RejudgeReport(serializers.Serializer[Any]):
    judged = serializers.IntegerField()
    changed = RejudgedRow(many=True)


class CountRow(serializers.Serializer[Any]):
    posting = serializers.IntegerField()
    eligible = serializers.IntegerField()
    not_eligible = serializers.IntegerField()
    unknown = serializers.IntegerField()


class CountReport(serializers.Serializer[Any]):
    results = CountRow(many=True)


class RuleSetFilter(FilterSet):
    campaign = IdFilter("campaign")
    department = IdFilter("department")
    posting = IdFilter("posting")

    class Meta:
        model = RuleSet
        fields: tuple[str, ...] = ()


class CountQuery(StrictSerializer):
    campaign = OwnedField(queryset=Campaign.objects.all())


class Rules(ReadViewSet):
    """Eligibility rules, every version of them, newest first. The newest of a scope is in force."""

    queryset = RuleSet.objects.all()
    serializer_class = RuleSetRow
    filterset_class = RuleSetFilter
    resource = "rules"

    @extend_schema(request=NewRules, responses={201: RuleSetRow}, examples=[EXAMPLE])
    def create(self, request: Request) -> Response:
        """Save a new version of the rules of a scope. Past verdicts stay what they are."""
        asked = self._read(NewRules, request.data)
        expected = asked.pop("expected_version", None)
        draft = draft_rules(by=self.membership, **asked)
        saved = save_rules(by=self.membership, draft=draft, expected_version=expected)
        saved.refresh_from_db()
        return Response(self.get_serializer(saved).data, status=201)

    @extend_schema(request=Draft, responses=PreviewReport, examples=[EXAMPLE])
    @action(detail=False, methods=["post"])
    def preview(self, request: Request) -> Response:
        """What saving rules would change, for whom. Nothing is written."""
        draft = draft_rules(by=self.membership, **self._read(Draft, request.data))
        return Response(PreviewReport(preview(draft)).data)

    @extend_schema(request=None, responses=RejudgeReport)
    @action(detail=True, methods=["post"])
    def rejudge(self, request: Request, pk: str) -> Response:
        """Judge the open applications in the scope of these rules again. By the rules in force now."""
        judged, changed = rejudge(by=self.membership, scope=self.get_object())
        return Response(RejudgeReport({"judged": judged, "changed": changed}).data)

    @extend_schema(
        responses=CountReport,
        parameters=[OpenApiParameter("campaign", int, required=True, description="The id of a campaign.")],
        filters=False,
    )
    @action(detail=False, pagination_class=None, filterset_class=None)
    def counts(self, request: Request) -> Response:
        """How many candidates each posting of a campaign would take."""
        refuse_bad_parameters(request.query_params, {"campaign"})
        campaign = self._read(CountQuery, request.query_params)["campaign"]
        rules = effective_rules(Posting.objects.filter(campaign=campaign).order_by("pk"))
        found = counts(campaign.organisation, rules, on=today_of(campaign))
        return Response(CountReport({"results": found}).data)

    def _read(self, serializer: type[StrictSerializer], data: Any) -> dict[str, Any]:
        asked = serializer(data=data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        values: dict[str, Any] = asked.validated_data
        return values
