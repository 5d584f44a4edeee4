"""The two ways in which personal data leaves rows: the rows go, or the data is taken out of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat


class Erasure(Protocol):
    """Takes the personal data out of rows, and says which columns are then free of it."""

    def __call__(self, rows: QuerySet[Any]) -> None: ...

    def clears(self, column: str) -> bool: ...


@dataclass(frozen=True)
class Delete:
    """The rows go; `how` also takes along what belongs to them elsewhere."""

    how: Callable[[QuerySet[Any]], object] = QuerySet.delete

    def __call__(self, rows: QuerySet[Any]) -> None:
        self.how(rows)

    def clears(self, column: str) -> bool:
        return True


@dataclass(frozen=True)
class Anonymise:
    """The rows stay, for the statistics and the audit trail; `columns` take these values."""

    columns: Mapping[str, Any] = field(default_factory=dict)

    def __call__(self, rows: QuerySet[Any]) -> None:
        if self.columns:
            rows.update(**self.columns)

    def clears(self, column: str) -> bool:
        return column in self.columns


def placeholder(suffix: str = "") -> Concat:
    """A text that stands for what is gone, another one in each row: "erased-12"."""
    return Concat(Value("erased-"), Cast("pk", CharField()), Value(suffix))
