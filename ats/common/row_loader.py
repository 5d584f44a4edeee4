"""Models out of hand-written statements: for the few that every request or every applicant waits for."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import JSONField, Model

M = TypeVar("M", bound=Model)


class RowLoader(Generic[M]):
    """The columns of `model` at an alias of a statement, all or those in `names`."""

    def __init__(self, model: type[M], alias: str, names: Collection[str] = ()) -> None:
        fields = [f for f in model._meta.concrete_fields if not names or f.attname in names]
        self._model = model
        self._names = [field.attname for field in fields]
        self._are_documents = [isinstance(field, JSONField) for field in fields]
        self.sql = ", ".join(f"{alias}.{name}" for name in self._names)

    def load(self, values: Iterator[Any]) -> M:
        """The model with the next values of a row; it takes as many as there are columns."""
        mine = islice(values, len(self._names))
        parsed = [
            json.loads(value) if is_document and value is not None else value
            for value, is_document in zip(mine, self._are_documents, strict=True)
        ]
        return self._model.from_db(DEFAULT_DB_ALIAS, self._names, parsed)
