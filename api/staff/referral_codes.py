from __future__ import annotations

from rest_framework import serializers

from api.core.serializers import OwnedField, StrictModelSerializer
from api.core.viewsets import PlainViewSet
from ats.models import Campaign, ReferralCode


class ReferralCodeRow(StrictModelSerializer):
    code = serializers.SlugField(max_length=40)
    campaign = OwnedField(queryset=Campaign.objects.all(), allow_null=True, required=False)

    class Meta:
        model = ReferralCode
        fields = ("id", "code", "campaign", "referrer", "is_active", "created_at")
        read_only_fields = ("created_at",)


class ReferralCodes(PlainViewSet):
    """Codes that employees hand on; a rule may ask for one."""

    queryset = ReferralCode.objects.all()
    serializer_class = ReferralCodeRow
    resource = "referral-codes"
