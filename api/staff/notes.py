from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.serializers import BaseSerializer

from api.core.noting import RecordsAccess
from api.core.serializers import OwnedField, StrictModelSerializer
from api.core.viewsets import PlainViewSet
from ats.applications.notes import add_note, change_note, remove_note
from ats.models import Application, Note
from ats.models.visibility import visible_notes


class NoteRow(StrictModelSerializer):
    application = OwnedField(queryset=Application.objects.all())
    author = serializers.IntegerField(source="author_id", read_only=True, allow_null=True)

    class Meta:
        model = Note
        fields = ("id", "application", "author", "text", "created_at", "updated_at")
        read_only_fields = ("created_at", "updated_at")
        fixed = ("application",)


class Notes(RecordsAccess, PlainViewSet):
    """What the team wrote down about applications, newest first."""

    queryset = Note.objects.select_related("application")
    serializer_class = NoteRow
    filterset_fields = ("application",)
    resource = "notes"

    def get_queryset(self) -> QuerySet[Note]:
        rows = super().get_queryset()
        return rows if getattr(self, "swagger_fake_view", False) else visible_notes(rows, self.membership)

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        serializer.instance = add_note(by=self.membership, **serializer.validated_data)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        assert isinstance(serializer.instance, Note)
        text = serializer.validated_data.get("text", serializer.instance.text)
        change_note(by=self.membership, note=serializer.instance, text=text)

    def perform_destroy(self, instance: Note) -> None:
        remove_note(by=self.membership, note=instance)
