from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.serializers import StrictModelSerializer, StrictSerializer
from api.core.viewsets import PlainViewSet
from ats.delivery.mails import custom_templates
from ats.delivery.mails.wording import Wording
from ats.models import NoticeTemplate
from ats.models.event_catalogue import NOTICE_TYPES

WORDS = ("subject", "text", "html")


class NoticeTemplateRow(StrictModelSerializer):
    """`subject`, `text` and `html` may contain `{{ candidate.name }}`, `{{ posting.title }}`,
    `{{ organisation.name }}` and `{{ stage.name }}`. Without `html` the text is shown."""

    type = serializers.ChoiceField(choices=NOTICE_TYPES)

    class Meta:
        model = NoticeTemplate
        fields = ("id", "type", "channel", "language", *WORDS, "created_at", "updated_at")
        read_only_fields = ("id", "created_at", "updated_at")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        custom_templates.check(
            Wording(*(attrs.get(name, getattr(self.instance, name, "")) for name in WORDS))
        )
        return attrs


class Words(StrictSerializer):
    subject = serializers.CharField(max_length=200)
    text = serializers.CharField(max_length=20_000)
    html = serializers.CharField(max_length=50_000, required=False, allow_blank=True)


class Shown(serializers.Serializer[Any]):
    subject = serializers.CharField()
    text = serializers.CharField()
    html = serializers.CharField()


class NoticeTemplates(PlainViewSet):
    """The organisation's words for what candidates read, by event type and language."""

    queryset = NoticeTemplate.objects.all()
    serializer_class = NoticeTemplateRow
    filterset_fields = ("type", "channel", "language")
    resource = "notice-templates"

    @extend_schema(request=Words, responses=Shown)
    @action(detail=False, methods=["post"])
    def preview(self, request: Request) -> Response:
        """What a template would look like, for an invented candidate. Nothing is saved."""
        asked = Words(data=request.data)
        asked.is_valid(raise_exception=True)
        return Response(Shown(custom_templates.show(Wording(**asked.validated_data))).data)
