"""What the resources that act on many applications at once share: the ids, and the report."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from rest_framework import serializers
from rest_framework.response import Response

from ats.applications.batches import MOST_AT_ONCE, Item

LARGEST_ID = 2**63 - 1


class Id(serializers.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_ID, **kwargs)


class Ids(serializers.ListField):
    """Ids of applications, 1 to 50,000."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=Id(), min_length=1, max_length=MOST_AT_ONCE, **kwargs)


class BatchItem(serializers.Serializer[Any]):
    application = serializers.IntegerField()
    result = serializers.CharField(help_text="`done`, or the code of what was in the way.")


class BatchReport(serializers.Serializer[Any]):
    """What became of each application that was named."""

    asked = serializers.IntegerField()
    done = serializers.IntegerField()
    items = BatchItem(many=True)


def report(items: Sequence[Item[Any]], *, done: StrEnum) -> Response:
    """Built by hand: a serializer takes as long over 50,000 items as the verb itself."""
    rows = [{"application": item.application, "result": item.result.value} for item in items]
    count = sum(item.result is done for item in items)
    return Response({"asked": len(items), "done": count, "items": rows}, status=201)
