from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.batches import BatchReport, report
from api.core.noting import RecordsAccess
from api.core.serializers import OwnedField, StrictModelSerializer
from api.core.viewsets import PlainViewSet, ReadViewSet
from api.staff.choosing import SelectedApplications
from ats.applications.tags import Tagged, tag_applications
from ats.models import Tag, Tagging


class TagRow(StrictModelSerializer):
    class Meta:
        model = Tag
        fields = ("id", "name", "created_at")
        read_only_fields = ("created_at",)


class Tags(PlainViewSet):
    """The words that the team marks applications with. One that is in use cannot be deleted."""

    queryset = Tag.objects.all()
    serializer_class = TagRow
    resource = "tags"
    most = 500


class TaggingRow(serializers.ModelSerializer[Tagging]):
    class Meta:
        model = Tagging
        fields = ("id", "application", "tag", "created_at")
        read_only_fields = fields


class NewTaggings(SelectedApplications):
    tag = OwnedField(queryset=Tag.objects.all())
    remove = serializers.BooleanField(default=False, help_text="Take the tag off instead.")


class Taggings(RecordsAccess, ReadViewSet):
    """Which application bears which tag, newest first."""

    queryset = Tagging.objects.all()
    serializer_class = TaggingRow
    filterset_fields = ("application", "tag")
    resource = "taggings"

    @extend_schema(request=NewTaggings, responses={201: BatchReport})
    def create(self, request: Request) -> Response:
        """Put a tag on applications or take it off. Each is reported: `done`, `already`, `not_found`."""
        asked = NewTaggings(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        body = asked.validated_data
        summary = body.pop("summary")
        items = tag_applications(by=self.membership, **body)
        return report(items, done=Tagged.DONE, summary=summary)
