from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.authentication import account_of
from api.core.serializers import StrictModelSerializer
from ats.common.time_zones import is_zone
from ats.models import Candidate, NotificationPreferences
from ats.models.event_catalogue import MUTABLE_TYPES
from ats.people.notification_preferences import set_preferences

QUIET = ("quiet_from", "quiet_until")


class Preferences(StrictModelSerializer):
    """Of what is `muted` no notice is sent. In the quiet hours, local times of `time_zone`, none arrives.

    With `digest` the news of a day arrive in one mail, at `quiet_until` or nine in the morning.
    """

    muted = serializers.ListField(
        child=serializers.ChoiceField(choices=MUTABLE_TYPES),
        max_length=len(MUTABLE_TYPES),
        required=False,
    )

    class Meta:
        model = NotificationPreferences
        fields = ("muted", *QUIET, "time_zone", "digest")

    def validate_time_zone(self, value: str) -> str:
        if not is_zone(value):
            raise serializers.ValidationError(_("Not a time zone: use a name such as Asia/Shanghai."))
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        ends = [attrs.get(name, getattr(self.instance, name, None)) for name in QUIET]
        if (ends[0] is None) != (ends[1] is None):
            raise serializers.ValidationError({"quiet_until": _("Quiet hours have two ends.")})
        return attrs


class NoticeSettings(serializers.ModelSerializer[Candidate]):
    """One's preferences towards one organisation; `id` is that of one's record there."""

    organisation = serializers.SlugRelatedField("slug", read_only=True)  # type: ignore[var-annotated]
    preferences = serializers.SerializerMethodField()

    class Meta:
        model = Candidate
        fields = ("id", "organisation", "preferences")
        read_only_fields = fields

    @extend_schema_field(Preferences)
    def get_preferences(self, row: Candidate) -> dict[str, Any]:
        return Preferences(
            getattr(row, "notification_preferences", None) or NotificationPreferences(candidate=row)
        ).data


class Notices(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]):
    """How one wants to be notified by each organisation that one applied to."""

    queryset = Candidate.objects.select_related("organisation", "notification_preferences")
    serializer_class = NoticeSettings
    permission_classes = (IsAuthenticated,)
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet[Candidate]:
        return super().get_queryset().filter(account=self.request.user.pk)

    @extend_schema(request=Preferences, responses=NoticeSettings)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change how one organisation may notify oneself."""
        row = self.get_object()
        asked = Preferences(getattr(row, "notification_preferences", None), data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        set_preferences(by=account_of(request), candidate=row.pk, **asked.validated_data)
        return Response(NoticeSettings(self.get_object()).data)
