from __future__ import annotations

from rest_framework import serializers

from api.core.serializers import StrictSerializer
from ats.models import QuestionKind


class QuestionField(StrictSerializer):
    """One question. An answer is a text, one of the options, a list of them, a number, a boolean, a URL."""

    key = serializers.SlugField(max_length=40)
    kind = serializers.ChoiceField(choices=QuestionKind.choices)
    label = serializers.CharField(max_length=500)  # type: ignore[assignment]
    label_zh = serializers.CharField(max_length=500, default="", allow_blank=True)
    required = serializers.BooleanField(default=False)  # type: ignore[assignment]
    options = serializers.ListField(child=serializers.CharField(max_length=200), default=list, max_length=100)
