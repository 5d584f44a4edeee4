"""What a statement says of whose rows it means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps

Keys = frozenset[tuple[str, Any]]  # tables with the primary key of a row

PLACEHOLDER = re.compile(r"%%|%s|%\((\w+)\)s")
TOKEN = re.compile(r"""'(?:[^']|'')*'|"[^"]*"|[()]|[^'"()]+""")
BEGINS = re.compile(r"\s*(?:SELECT|WITH|UPDATE|DELETE|INSERT)\b", re.IGNORECASE)
NEGATED = re.compile(r"\bNOT\s*\($", re.IGNORECASE)
NAMED = re.compile(r"\bAS\s+(?:(?:NOT\s+)?MATERIALIZED\s+)?\($", re.IGNORECASE)
TABLE = re.compile(
    r'(?:\b(?:FROM|JOIN|UPDATE|USING)|,)\s+(?:ONLY\s+)?"?(\w+)"?(?![".\w])'
    r"(?:\s+(?:AS\s+)?(?!WHERE|ON|INNER|LEFT|JOIN|CROSS|SET|ORDER|GROUP|LIMIT|FOR|UNION|USING)(\w+))?",
    re.IGNORECASE,
)
CONDITIONS = re.compile(r"\b(?:WHERE|ON)\b.*", re.IGNORECASE | re.DOTALL)
VALUES = r"(?:=\s*(?:ANY\s*)?|IN\s*)[(\s]*(<[\w:]+>(?:\)?,\s*\(?<[\w:]+>)*)"
COMPARED = re.compile(rf'(?:"?(\w+)"?\.)?"?(\w+)"?\)?\s*{VALUES}', re.IGNORECASE)


@dataclass
class Query:
    """A statement, or one within it: its text without those inside, whose numbers stand there.

    What is negated counts as one inside: that a row is not the given one says nothing of whose it is.
    """

    text: str = ""
    is_named: bool = False  # it follows WITH … AS
    inner: list[Query] = field(default_factory=list)


@dataclass(frozen=True)
class Judge:
    """Which tables a statement reads without a scope.

    1. The statement is cut into its queries: whatever begins with SELECT between parentheses is one.
    2. A query is scoped where its conditions compare a column of `scope` with a given value, or the key
       of a tenant's row with keys that are known or that a scoped query selects.
    3. Its joined tables are taken to be joined by their keys. A query inside of a scoped one narrows or
       adorns its rows; one that is named (WITH) does not, as others read it too.
    """

    scope: frozenset[str]
    known: Keys
    params: Mapping[str, Any]

    def unscoped(self, query: Query) -> Iterator[str]:
        read = tenant_tables() & {table for table, _alias in TABLE.findall(query.text)}
        is_scoped = self._is_scoped(query)
        yield from () if is_scoped else read
        for inner in query.inner:
            if inner.is_named or not is_scoped:
                yield from self.unscoped(inner)

    def _is_scoped(self, query: Query) -> bool:
        conditions = CONDITIONS.search(query.text)
        aliases = {alias or table: table for table, alias in TABLE.findall(query.text)}
        only = next(iter(aliases.values())) if len(aliases) == 1 else ""
        return conditions is not None and any(
            column in self.scope or self._is_known(query, aliases.get(alias, only), column, values)
            for alias, column, values in COMPARED.findall(conditions[0])
        )

    def _is_known(self, query: Query, table: str, column: str, values: str) -> bool:
        target = keys().get((table, column))
        return target is not None and all(
            self._is_scoped(query.inner[int(value[6:])])
            if value.startswith("query:")
            else {(target, key) for key in _listed(self.params[value])} <= self.known
            for value in re.findall(r"<([\w:]+)>", values)
        )


def unscoped(sql: str, params: Any = (), *, scope: Sequence[str], known: Keys = frozenset()) -> set[str]:
    """The tenants' tables that a statement reads or changes without saying whose rows it means."""
    given = params if isinstance(params, Mapping) else dict(enumerate(params or ()))
    judge = Judge(frozenset(scope), known, {str(name): value for name, value in given.items()})
    return set(judge.unscoped(parsed(sql)))


@cache
def parsed(sql: str) -> Query:
    whole = Query()
    stack = [whole]  # the query that each open parenthesis is part of
    tokens = TOKEN.findall(_with_numbers(sql))
    for token, following in zip(tokens, [*tokens[1:], ""], strict=True):
        query = stack[-1]
        if token == ")":
            stack.pop()
            query = stack[-1]
        query.text += token
        if token == "(" and (BEGINS.match(following) or NEGATED.search(query.text)):
            stack.append(Query(is_named=bool(NAMED.search(query.text))))
            query.text += f"<query:{len(query.inner)}>"
            query.inner.append(stack[-1])
        elif token == "(":
            stack.append(query)
    return whole


def _with_numbers(sql: str) -> str:
    """With <0>, <1> … in the stead of placeholders, or <name> of a named one."""
    numbers = iter(range(sql.count("%s")))
    return PLACEHOLDER.sub(lambda found: "%" if found[0] == "%%" else f"<{found[1] or next(numbers)}>", sql)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple | set) else [value]


@cache
def tenant_tables() -> frozenset[str]:
    """Of the rows that belong to one organisation."""
    models = apps.get_app_config("ats").get_models()
    return frozenset(
        model._meta.db_table for model in models if any(f.name == "organisation" for f in model._meta.fields)
    )


@cache
def keys() -> dict[tuple[str, str], str]:
    """The table that a column (of a table) has keys of, where tenants' rows are there."""
    columns: list[Any] = [
        column
        for model in apps.get_app_config("ats").get_models(include_auto_created=True)
        for column in model._meta.concrete_fields
        if column.is_relation or column.primary_key
    ]
    found = {
        (column.model._meta.db_table, str(column.column)): str(
            (column.related_model if column.is_relation else column.model)._meta.db_table
        )
        for column in columns
    }
    return {column: table for column, table in found.items() if table in tenant_tables()}
