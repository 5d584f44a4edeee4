from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rest_framework import serializers

from api.core.facts import SpanField
from api.core.serializers import EmailAddress, OwnedField, StrictSerializer
from ats.applications.importing import Imported, Row
from ats.models import Degree, Posting

MOST = 2000


class Applicant(StrictSerializer):
    """Somebody who applied elsewhere. Who is known by the e-mail keeps the record that there is."""

    name = serializers.CharField(max_length=200)
    email = EmailAddress(required=False)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    institution = serializers.CharField(max_length=200, required=False, allow_blank=True)
    degree = serializers.ChoiceField(choices=Degree.choices, required=False)
    major = serializers.CharField(max_length=200, required=False, allow_blank=True)
    graduation = SpanField(required=False)


class Applicants(StrictSerializer):
    posting = OwnedField(queryset=Posting.objects.all())
    source = serializers.CharField(max_length=40, required=False, allow_blank=True)  # type: ignore[assignment]
    people = Applicant(many=True, min_length=1, max_length=MOST)  # type: ignore[call-arg]
    dry_run = serializers.BooleanField(default=False)


class ImportedRow(serializers.Serializer[Any]):
    number = serializers.IntegerField(help_text="In the list that was sent, from 1 on.")
    result = serializers.ChoiceField(choices=[(r.value, r.value) for r in Imported])
    candidate = serializers.IntegerField(allow_null=True)
    application = serializers.IntegerField(allow_null=True)


class ImportReport(serializers.Serializer[Any]):
    """What became of each row. After a dry run there are no ids."""

    asked = serializers.IntegerField()
    done = serializers.IntegerField()
    items = ImportedRow(many=True)


def report(rows: list[Row]) -> dict[str, Any]:
    done = sum(row.result is Imported.DONE for row in rows)
    return {"asked": len(rows), "done": done, "items": [asdict(row) for row in rows]}
