"""The statements of a request, each with the rows that were loaded before it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.db.models import Model
from django.db.models.signals import post_save
from rest_framework.views import APIView

from tests.architecture.statements import unscoped
from tests.processes import ROOT

CODE = ("ats/", "api/")
TOOLS = ("ats/common/", "api/core/pagination.py")  # they send what others have written


@dataclass(frozen=True)
class Unscoped:
    place: str  # the function of ours that sent the statement
    table: str
    sql: str


class Recorder:
    """Judges every statement when it is sent."""

    def __init__(self, scope: tuple[str, ...]) -> None:
        self.scope = scope
        self.known: set[tuple[str, Any]] = set()
        self.found: list[Unscoped] = []
        self.count = 0

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        text = sql if isinstance(sql, str) else sql.as_string(context["connection"].connection)
        self.count += 1
        for table in unscoped(text, params, scope=self.scope, known=frozenset(self.known)):
            self.found.append(Unscoped(_place(sys._getframe(1)), table, text))
        return execute(sql, params, many, context)

    def learn(self, row: Model) -> None:
        """The keys of the row and of what it refers to."""
        self.known.add((row._meta.db_table, row.pk))
        column: Any
        for column in row._meta.concrete_fields:
            if column.is_relation and column.attname in row.__dict__:
                self.known.add((column.related_model._meta.db_table, row.__dict__[column.attname]))


@contextmanager
def recorded(*scope: str) -> Iterator[Recorder]:
    """Rows that the database gave, and rows that were just saved, are known from then on."""
    recorder = Recorder(scope)
    load = Model.from_db.__func__  # type: ignore[attr-defined]

    def loaded(cls: type[Model], *args: Any) -> Model:
        row: Model = load(cls, *args)
        recorder.learn(row)
        return row

    def saved(instance: Model, **_signal: Any) -> None:
        recorder.known.add((instance._meta.db_table, instance.pk))

    post_save.connect(saved)
    try:
        with patch.object(Model, "from_db", classmethod(loaded)), connection.execute_wrapper(recorder):
            yield recorder
    finally:
        post_save.disconnect(saved)


def _place(frame: FrameType | None) -> str:
    """Where our code asks: the innermost function, or the view that the framework acts for."""
    while frame:
        path = frame.f_code.co_filename.removeprefix(f"{ROOT}/")
        if path.startswith(CODE) and not path.startswith(TOOLS):
            return f"{path}:{frame.f_code.co_qualname.partition('.<')[0]}"
        if isinstance(view := frame.f_locals.get("self"), APIView):
            return f"{type(view).__module__.replace('.', '/')}.py:{type(view).__qualname__}"
        frame = frame.f_back
    return ""
