"""What the resources that act on many applications at once share: the ids, and the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Protocol

from rest_framework import serializers
from rest_framework.response import Response

from ats.applications.batches import MOST_AT_ONCE, Item

LARGEST_ID = 2**63 - 1


class Result(Protocol):
    """What a bulk verb says of an application."""

    @property
    def application(self) -> int: ...

    @property
    def result(self) -> StrEnum: ...


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


class Results(serializers.Serializer[Any]):
    """How many applications had each result. A subclass has the `items`, none if a summary was asked for."""

    results = serializers.DictField(child=serializers.IntegerField(), help_text="A number for each result.")


class BatchReport(Results):
    """What became of each application that was named."""

    asked = serializers.IntegerField()
    done = serializers.IntegerField()
    items = BatchItem(many=True)


class SummaryField(serializers.BooleanField):
    """Whether the answer only counts: of 50,000 applications the items are two megabytes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default=False, help_text="Count the results instead of naming each.", **kwargs)


def results_of(items: Sequence[Result], *, summary: bool) -> dict[str, Any]:
    """`results` and `items`. Hand-built: a serializer takes as long over 50,000 items as the verb."""
    rows = [] if summary else items
    return {
        "results": Counter(item.result.value for item in items),
        "items": [{"application": item.application, "result": item.result.value} for item in rows],
    }


def report(items: Sequence[Item[Any]], *, done: StrEnum, summary: bool) -> Response:
    answer = results_of(items, summary=summary)
    counts = {"asked": len(items), "done": answer["results"][done.value]}
    return Response(counts | answer, status=201)
