from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from api.core.batches import BatchReport, report
from api.core.serializers import OwnedField, StrictModelSerializer
from api.core.viewsets import PlainViewSet, ReadViewSet
from api.staff.choosing import SelectedApplications
from ats.applications.assignments import Assigned, assign_applications, distribute_applications
from ats.models import (
    Assignment,
    AssignmentRule,
    AssignmentShare,
    Location,
    Membership,
    Posting,
    Track,
)
from ats.organisations.assignment_rules import change_rule, create_rule


class ShareRow(StrictModelSerializer):
    member = OwnedField(queryset=Membership.objects.current())

    class Meta:
        model = AssignmentShare
        fields = ("member", "weight", "assigned_count")
        read_only_fields = ("assigned_count",)
        extra_kwargs = {"weight": {"min_value": 1, "max_value": 100}}


class RuleRow(StrictModelSerializer):
    track = OwnedField(queryset=Track.objects.all(), allow_null=True, required=False)
    posting = OwnedField(queryset=Posting.objects.all(), allow_null=True, required=False)
    location = OwnedField(queryset=Location.objects.all(), allow_null=True, required=False)
    shares = ShareRow(many=True)

    class Meta:
        model = AssignmentRule
        fields = ("id", "position", "track", "posting", "location", "is_active", "shares")

    def validate_shares(self, shares: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({share["member"].pk for share in shares}) < len(shares):
            raise serializers.ValidationError("A member is named twice.", "twice")
        return shares


class AssignmentRules(PlainViewSet):
    """Which recruiters look after which applications. The lowest position that fits decides."""

    queryset = AssignmentRule.objects.prefetch_related("shares")
    serializer_class = RuleRow
    resource = "assignment-rules"
    ordering = ("position", "id")

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        serializer.instance = create_rule(by=self.membership, **serializer.validated_data)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        assert isinstance(serializer.instance, AssignmentRule)
        changes = serializer.validated_data
        serializer.instance = change_rule(by=self.membership, rule=serializer.instance, **changes)


class AssignmentRow(serializers.ModelSerializer[Assignment]):
    class Meta:
        model = Assignment
        fields = ("id", "application", "member", "rule", "assigned_at")
        read_only_fields = fields


class NewAssignments(SelectedApplications):
    member = OwnedField(
        queryset=Membership.objects.current(),
        allow_null=True,
        required=False,
        help_text="Who gets them, null for nobody. Without it the rules distribute what nobody has.",
    )


class Assignments(ReadViewSet):
    """Which recruiter looks after which application, newest first."""

    queryset = Assignment.objects.all()
    serializer_class = AssignmentRow
    filterset_fields = ("application", "member")
    resource = "assignments"

    @extend_schema(request=NewAssignments, responses={201: BatchReport})
    def create(self, request: Request) -> Response:
        """Give applications to a recruiter, to nobody, or to those whose turn it is by the rules.

        Each is reported: `done`, `already`, `no_rule`, `not_found`.
        """
        body = NewAssignments(data=request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        asked = body.validated_data
        summary = asked.pop("summary")
        verb = self._assign if "member" in asked else self._distribute
        return report(verb(asked), done=Assigned.DONE, summary=summary)

    def _assign(self, asked: dict[str, Any]) -> list[Any]:
        params = {"applications": asked["applications"], "dry_run": asked["dry_run"]}
        return assign_applications(by=self.membership, to=asked["member"], **params)

    def _distribute(self, asked: dict[str, Any]) -> list[Any]:
        return distribute_applications(by=self.membership, **asked)
