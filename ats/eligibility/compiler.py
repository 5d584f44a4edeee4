"""Trees compiled to one statement that judges every subject of a source.

1. A tree is split into its requirements: what has to be met all together, at the top.
2. Each requirement becomes a condition over a row `f` of facts. Conditions that are equal are one, and
   have one index, whichever trees they came from. Values are bound, equal ones once.
3. Each tree becomes a mask: a bit per condition, set where the tree requires it. Equal trees are one.
4. The statement reads only the columns that some condition reads, and evaluates every condition once per
   subject: true is met, false is not met, NULL is unknown.
5. The outcomes of a subject become two bit strings: the conditions that are met, and those that failed.
6. A tree has failed where `mask & failed` has a bit, it is met where `mask & met` is the mask, and is
   unknown otherwise.

For one subject the last step is an array of outcomes (`run`). For many people the two bit strings are turned
around: `counts` and `preview` group the people of equal outcomes first.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from ats.eligibility.facts import Source, decoded
from ats.eligibility.kinds.base import Context, Rule
from ats.eligibility.trees import All, Any_, Leaf, Node, conjuncts

# `letters` has one per requirement: t, f, or ? where the outcome is unknown. From it come two bit
# strings, of the requirements that are met and of those that failed. OFFSET 0 keeps the planner from
# working either out wherever it is read.
OUTCOMES = "ARRAY[{parts}]::boolean[]"
LETTERS = f"array_to_string({OUTCOMES}, '', '?') AS letters"
BITS = "translate(letters, 'tf?', '100')::varbit AS met, translate(letters, 'tf?', '010')::varbit AS failed"
JUDGED = f"SELECT q.*, {BITS} FROM (SELECT f.*, {LETTERS} FROM ({{source}}) f OFFSET 0) q OFFSET 0"  # noqa: S608  (values are bound)

# "All" of three values: one failed requirement decides, and only with all of them met it is met.
OUTCOME = (
    "CASE WHEN position(B'1' IN {mask} & failed) > 0 THEN false WHEN {mask} & met = {mask} THEN true END"
)
EACH_TREE = f"""ARRAY(SELECT {OUTCOME.format(mask="mask")}
    FROM unnest(%(trees)s::varbit[]) WITH ORDINALITY AS t(mask, index) ORDER BY index)"""  # noqa: S608  (values are bound)

ONE = f"SELECT {{columns}}, {OUTCOMES} FROM ({{source}}) f"  # noqa: S608  (values are bound)

# Of many people at once: who have equal outcomes (`each`), on whom no tree can differ, get one index
# (`at`) in bit strings, two of each requirement: of whom it takes and of whom it does not. So a tree
# costs a few operations on bit strings, however many people there are.
REQUIREMENTS = """requirements AS MATERIALIZED (
    SELECT number, string_agg(CASE WHEN outcome THEN '1' ELSE '0' END, '' ORDER BY at)::varbit AS met,
        string_agg(CASE WHEN NOT outcome THEN '1' ELSE '0' END, '' ORDER BY at)::varbit AS failed
    FROM outcomes, unnest(each) WITH ORDINALITY AS o(outcome, number) GROUP BY number
), nobody AS MATERIALIZED (SELECT repeat('0', count(*)::int)::varbit AS zeros FROM outcomes)"""
OF_TREE = """(SELECT coalesce(bit_and(met), ~zeros) AS met, coalesce(bit_or(failed), zeros) AS failed
    FROM nobody LEFT JOIN requirements ON get_bit(mask, number::int - 1) = 1 GROUP BY zeros OFFSET 0)"""


class QueryCompiler:
    """Collects trees, then judges them all for every subject of a source in one statement."""

    def __init__(self) -> None:
        self._params: dict[str, Any] = {}
        self._names: dict[str, str] = {}
        self._conditions: dict[tuple[Rule, Context | None], str] = {}
        self._parts: dict[str, int] = {}
        self._trees: dict[tuple[int, ...], int] = {}
        self._memory: dict[tuple[Node, Context], int] = {}
        self._facts: set[str] = set()

    def add(self, node: Node, context: Context) -> int:
        """The index of a tree's outcome among the outcomes, the first is 0."""
        key = (node, context)
        if key not in self._memory:
            parts = {self._part(self._expression(part, context)) for part in conjuncts(node)}
            self._memory[key] = self._tree(parts)
        return self._memory[key]

    @property
    def facts(self) -> list[str]:
        """The facts that some rule reads."""
        return sorted(self._facts)

    @property
    def masks(self) -> list[str]:
        """Each tree as bits over the requirements, by index."""
        return ["".join("01"[part in tree] for part in range(len(self._parts))) for tree in self._trees]

    def fill(self, template: str, source: Source) -> tuple[str, dict[str, Any]]:
        """A statement over `{source}` with `{parts}`: the requirements, as conditions over `f`.

        `{facts}` are the columns that they read.
        """
        pieces = {
            "parts": ", ".join(self._parts),
            "facts": ", ".join(self.facts) or "NULL::text",  # PostgreSQL groups by no bare NULL
            "columns": self.columns(),
            "source": source.select(self.facts),
        }
        return template.format(**pieces), self._params | source.params

    def judged(self, source: Source) -> tuple[str, dict[str, Any]]:
        """A row per subject of `source` with its columns, `met` and `failed`."""
        return self.fill(JUDGED, source)

    def statement(self, source: Source) -> tuple[str, dict[str, Any]]:
        """What `run` runs: a row per subject of its id, the facts and the outcomes."""
        sql, params = self.judged(source)
        each = f"SELECT {self.columns()}, {EACH_TREE} AS v FROM ({sql}) j ORDER BY subject"  # noqa: S608
        return each, params | {"trees": self.masks}

    def run(self, source: Source) -> list[dict[str, Any]]:
        """A row per subject: `subject`, `facts`, and `v`, the outcomes of the trees by index."""
        names = ["subject", *self.facts, "v"]
        with connection.cursor() as cursor:
            cursor.execute(*self.statement(source))
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        return [decoded(row) for row in rows]

    def outcomes(self, source: Source) -> tuple[dict[str, Any], int, int]:
        """Of the one subject: the facts, and as bits the conditions that are met and those that failed.

        The bits stand as in `masks`.
        """
        names = ["subject", *self.facts, "outcomes"]
        sql, params = self.one(source)
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            row = dict(zip(names, cursor.fetchone(), strict=True))
        outcomes = row.pop("outcomes")
        met, failed = (
            int("0" + "".join("01"[outcome is value] for outcome in outcomes), 2) for value in (True, False)
        )
        return decoded(row), met, failed

    def one(self, source: Source) -> tuple[str, dict[str, Any]]:
        """What `outcomes` runs."""
        return self.fill(ONE, source)

    def columns(self) -> str:
        return ", ".join(["subject", *self.facts])

    def _tree(self, parts: set[int]) -> int:
        return self._trees.setdefault(tuple(sorted(parts)), len(self._trees))

    def _part(self, expression: str) -> int:
        return self._parts.setdefault(expression, len(self._parts))

    def _expression(self, node: Node, context: Context) -> str:
        if isinstance(node, Leaf):
            condition = self._condition(node.rule, context)
            return f"(NOT {condition})" if node.negated else condition
        if node == All(()):
            return "true"
        word = " OR " if isinstance(node, Any_) else " AND "
        return f"({word.join(self._expression(inner, context) for inner in node.nodes)})"

    def _condition(self, rule: Rule, context: Context) -> str:
        key = (rule, context if rule.uses_context else None)
        if key not in self._conditions:
            self._conditions[key] = f"({rule.condition(self._bind, context)})"
            self._facts.update(rule.facts)
        return self._conditions[key]

    def _bind(self, value: object) -> str:
        name = self._names.setdefault(f"{type(value).__name__} {value!r}", f"p{len(self._params)}")
        self._params[name] = value
        return f"%({name})s"
