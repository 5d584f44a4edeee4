from __future__ import annotations

from api.core.serializers import StrictModelSerializer
from api.core.viewsets import PlainViewSet
from ats.models import Campaign


class CampaignRow(StrictModelSerializer):
    """A season. `opens_at` and `closes_at` follow from the local days and the time zone."""

    class Meta:
        model = Campaign
        fields = (
            "id", "slug", "name", "name_zh", "time_zone", "opens_on", "closes_on", "opens_at",
            "closes_at", "allows_reapplying", "created_at",
        )  # fmt: skip
        read_only_fields = ("opens_at", "closes_at", "created_at")


class Campaigns(PlainViewSet):
    """The organisation's seasons."""

    queryset = Campaign.objects.all()
    serializer_class = CampaignRow
    resource = "campaigns"
