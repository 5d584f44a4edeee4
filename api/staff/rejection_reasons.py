from __future__ import annotations

from api.core.serializers import StrictModelSerializer
from api.core.viewsets import PlainViewSet
from ats.models import RejectionReason


class RejectionReasonRow(StrictModelSerializer):
    class Meta:
        model = RejectionReason
        fields = ("id", "name", "name_zh", "position")


class RejectionReasons(PlainViewSet):
    """Why applications are turned down, for the team's statistics."""

    queryset = RejectionReason.objects.all()
    serializer_class = RejectionReasonRow
    resource = "rejection-reasons"
