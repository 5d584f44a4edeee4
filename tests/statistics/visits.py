"""How many rows a statement looks at: what EXPLAIN (ANALYZE) counts, whatever the statistics say.

For a new case add a row to a table of `Case`s: how to fill the tables, what to run, and the multiple.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

EXPLAINED = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")
REMOVED = ("Rows Removed by Filter", "Rows Removed by Join Filter", "Rows Removed by Index Recheck")


@dataclass(frozen=True, slots=True)
class Case:
    """`fill` makes rows behind the statistics' back; `run` does something with `asked` of them.

    All its statements together may visit `multiple` rows for each that was asked for: one visit for each
    step of the statement that touches the row.
    """

    fill: Callable[[], None]
    run: Callable[[], object]
    asked: int
    multiple: float


@contextmanager
def counting_visits() -> Iterator[dict[str, int]]:
    """The rows that each statement of the block visits, by its text. Each runs twice, once to be counted."""
    visits: dict[str, int] = {}

    def explain(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not many and sql.lstrip().upper().startswith(EXPLAINED):
            visits[sql] = visits.get(sql, 0) + visits_of(sql, params)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        yield visits


def visits_of(sql: str, params: Any) -> int:
    """What a statement would visit; it is rolled back."""
    with connection.connection.cursor() as cursor:
        cursor.execute("SAVEPOINT visits")
        try:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
            [plan] = cursor.fetchone()
        finally:
            cursor.execute("ROLLBACK TO SAVEPOINT visits")
    whole = json.loads(plan) if isinstance(plan, str) else plan
    return round(sum(_visits_of_node(node) for node in _nodes(whole[0]["Plan"])))


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", []):
        yield from _nodes(child)


def _visits_of_node(node: dict[str, Any]) -> float:
    seen = sum(node.get(name, 0) for name in REMOVED)
    if "Scan" in node["Node Type"]:
        seen += node["Actual Rows"]
    return float(seen * node["Actual Loops"])


def assert_few_visits(case: Case) -> None:
    """Fill and run a case inside the transaction of the test."""
    case.fill()
    with transaction.atomic(), counting_visits() as visits:
        case.run()
    total = sum(visits.values())
    costly = sorted(visits.items(), key=lambda one: -one[1])[:3]
    assert total <= case.multiple * case.asked, [(count, sql[:300]) for sql, count in costly]
    assert total >= case.asked  # else the case does nothing
