from __future__ import annotations

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.filtering import FilterSet, refuse_bad_parameters
from api.core.filters import IdFilter
from api.core.rule_docs import TreeField
from api.core.serializers import OwnedField, StrictSerializer
from api.core.viewsets import ReadViewSet
from api.staff.rule_reports import (
    CountReport,
    CutMonthRow,
    PreviewReport,
    ProposalAcceptance,
    ProposalReport,
    Rejudge,
    RejudgeReport,
)
from ats.eligibility.kinds import KINDS
from ats.eligibility.proposals import accept_proposals, proposals_for
from ats.eligibility.rule_book import effective_rules, today_of
from ats.eligibility.saving import draft_rules, save_rules
from ats.eligibility.trees import read_rules
from ats.eligibility.verdicts.counts import counts
from ats.eligibility.verdicts.cut_months import cut_months
from ats.eligibility.verdicts.preview import preview
from ats.eligibility.verdicts.rejudge import rejudge
from ats.models import Campaign, Department, Posting, RuleSet

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
    tree = TreeField(read_only=True)
    sentence = serializers.SerializerMethodField(help_text="What is asked, in English and Chinese.")

    class Meta:
        model = RuleSet
        fields = (
            "id", "campaign", "department", "posting", "version", "tree", "relaxable", "relaxes",
            "sentence", "created_by", "created_at",
        )  # fmt: skip

    def get_sentence(self, row: RuleSet) -> dict[str, str]:
        return read_rules(row.tree).describe().document()


class Draft(StrictSerializer):
    """Rules of one scope: a campaign, a department or a posting.

    A node of `tree` is `{"all": […]}`, `{"any": […]}`, `{"not": node}` or `{"kind": …, "params": …}`; at the
    top also `{"preferred": node}`. `GET /rule-kinds/` says what the params of each kind are.
    """

    campaign = OwnedField(queryset=Campaign.objects.all(), required=False)
    department = OwnedField(queryset=Department.objects.all(), required=False)
    posting = OwnedField(queryset=Posting.objects.all(), required=False)
    tree = TreeField()
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


class SavedRules(RuleSetRow):
    cut_months = serializers.SerializerMethodField(help_text="The months that its windows cut.")

    class Meta(RuleSetRow.Meta):
        fields = (*RuleSetRow.Meta.fields, "cut_months")  # type: ignore[assignment]

    @extend_schema_field(CutMonthRow(many=True))
    def get_cut_months(self, row: RuleSet) -> list[dict[str, Any]]:
        return [asdict(cut) for cut in cut_months(row)]


class AcceptedRules(serializers.Serializer[Any]):
    results = SavedRules(many=True)


CAMPAIGN = OpenApiParameter("campaign", int, required=True, description="The id of a campaign.")


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

    @extend_schema(request=NewRules, responses={201: SavedRules}, examples=[EXAMPLE])
    def create(self, request: Request) -> Response:
        """Save a new version of the rules of a scope. Past verdicts stay what they are."""
        asked = self._read(NewRules, request.data)
        expected = asked.pop("expected_version", None)
        draft = draft_rules(by=self.membership, **asked)
        saved = save_rules(by=self.membership, draft=draft, expected_version=expected)
        saved.refresh_from_db()
        return Response(SavedRules(saved, context=self.get_serializer_context()).data, status=201)

    @extend_schema(request=Draft, responses=PreviewReport, examples=[EXAMPLE])
    @action(detail=False, methods=["post"])
    def preview(self, request: Request) -> Response:
        """What saving rules would change, for whom. Nothing is written."""
        draft = draft_rules(by=self.membership, **self._read(Draft, request.data))
        return Response(PreviewReport(preview(draft)).data)

    @extend_schema(request=Rejudge, responses=RejudgeReport)
    @action(detail=True, methods=["post"])
    def rejudge(self, request: Request, pk: str) -> Response:
        """Judge the open applications in the scope of these rules again. By the rules in force now.

        A call judges 5,000 at most, in separate transactions; go on with `next` until it is null.
        """
        asked = self._read(Rejudge, request.data).get("after", {})
        after = (asked.get("posting", 0), asked.get("application", 0))
        done = rejudge(by=self.membership, scope=self.get_object(), after=after)
        position = done.next and dict(zip(("posting", "application"), done.next, strict=True))
        return Response(
            RejudgeReport({"judged": done.judged, "changed": done.changed, "next": position}).data
        )

    @extend_schema(responses=CountReport, parameters=[CAMPAIGN], filters=False)
    @action(detail=False, pagination_class=None, filterset_class=None)
    def counts(self, request: Request) -> Response:
        """How many candidates each posting of a campaign would take."""
        refuse_bad_parameters(request.query_params, {"campaign"})
        campaign = self._read(CountQuery, request.query_params)["campaign"]
        rules = effective_rules(Posting.objects.filter(campaign=campaign).order_by("pk"))
        found = counts(campaign.organisation, rules, on=today_of(campaign))
        return Response(CountReport({"results": found}).data)

    @extend_schema(responses=ProposalReport, parameters=[CAMPAIGN], filters=False)
    @action(detail=False, pagination_class=None, filterset_class=None)
    def proposals(self, request: Request) -> Response:
        """Graduation windows that postings of a campaign name in their text, and have no rules for.

        They are in force when they are accepted, not before. Any rules saved for the posting, an empty
        `all` among them, answer the proposal.
        """
        refuse_bad_parameters(request.query_params, {"campaign"})
        campaign = self._read(CountQuery, request.query_params)["campaign"]
        found = proposals_for(Posting.objects.filter(campaign=campaign))
        return Response(ProposalReport({"results": found}).data)

    @extend_schema(request=ProposalAcceptance, responses={201: AcceptedRules})
    @action(detail=False, methods=["post"], url_path="proposals/accept")
    def accept(self, request: Request) -> Response:
        """Save what is proposed for postings as their rules: all of them, or none."""
        postings = self._read(ProposalAcceptance, request.data)["postings"]
        saved = accept_proposals(by=self.membership, postings=postings)
        context = self.get_serializer_context()
        return Response({"results": SavedRules(saved, many=True, context=context).data}, status=201)

    def _read(self, serializer: type[StrictSerializer], data: Any) -> dict[str, Any]:
        asked = serializer(data=data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        values: dict[str, Any] = asked.validated_data
        return values
