from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.serializers import ValidationError

from api.core.serializers import OwnedField, StrictModelSerializer
from api.core.viewsets import PlainViewSet
from ats.models import Track, TrackTerm


class TrackRow(StrictModelSerializer):
    class Meta:
        model = Track
        fields = ("id", "code", "name", "name_zh", "position")


class Tracks(PlainViewSet):
    """The lines of work that postings are grouped by."""

    queryset = Track.objects.all()
    serializer_class = TrackRow
    resource = "tracks"


class TrackTermRow(StrictModelSerializer):
    track = OwnedField(queryset=Track.objects.all(), allow_null=True, required=False)

    class Meta:
        model = TrackTerm
        fields = ("id", "term", "track", "is_ai", "weight")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        track = attrs.get("track", getattr(self.instance, "track_id", None))
        is_ai = attrs.get("is_ai", getattr(self.instance, "is_ai", False))
        if track is None and not is_ai:
            raise ValidationError({"track": [_("A term needs a track unless it marks AI.")]})
        return attrs


class TrackTerms(PlainViewSet):
    """The words in a title that put a posting on a track, or mark it as AI."""

    queryset = TrackTerm.objects.all()
    serializer_class = TrackTermRow
    filterset_fields = ("track", "is_ai")
    resource = "track-terms"
