"""What a rule change would do, counted by the same statement that judges; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import QuerySet

from ats.eligibility.compiler import JUDGED, OF_TREE, OUTCOME, OUTCOMES, REQUIREMENTS, QueryCompiler
from ats.eligibility.facts import Source, of_candidates, of_open_applications
from ats.eligibility.rule_book import Effective, RuleBook, today_of
from ats.eligibility.saving import check
from ats.eligibility.verdicts.counts import ROOM
from ats.eligibility.verdicts.cut_months import CutMonth, cut_months
from ats.eligibility.verdicts.judge import OUTCOMES as NAMES
from ats.models import Outcome, Posting, PostingState, RuleSet

EXAMPLES = 20

# Of each posting, its tree as it is and as it would be, for those who have applied to it.
WAS, WOULD_BE = (OUTCOME.format(mask=mask) for mask in ("r.before", "r.after"))
APPLICATIONS = f"""SELECT before, after, count(*),
    (array_agg(subject ORDER BY subject) FILTER (WHERE before IS DISTINCT FROM after))[:%(examples)s]
FROM (
    SELECT subject, {WAS} AS before, {WOULD_BE} AS after
    FROM ({JUDGED}) j
    JOIN unnest(%(postings)s::bigint[], %(befores)s::varbit[], %(afters)s::varbit[])
        AS r(posting, before, after) USING (posting)
) p GROUP BY before, after"""  # noqa: S608  (values are bound)

# Candidates are judged by all trees at once: whom some tree takes, and whom some does not refuse.
BEST = f"""(SELECT bit_or(met) AS met, bit_or(~failed) AS possible
    FROM unnest(%({{trees}})s::varbit[]) AS t(mask), LATERAL {OF_TREE} r)"""  # noqa: S608  (values are bound)
OF_BEST = (
    "CASE WHEN get_bit({best}.met, at) = 1 THEN true WHEN get_bit({best}.possible, at) = 0 THEN false END"
)
CANDIDATES = f"""WITH outcomes AS MATERIALIZED (
    SELECT each, count(*) AS n, row_number() OVER () AS at,
        (array_agg(subject ORDER BY subject))[:%(examples)s] AS examples
    FROM (SELECT subject, {OUTCOMES} AS each FROM ({{source}}) f OFFSET 0) q GROUP BY each
), {REQUIREMENTS}, was AS MATERIALIZED {BEST.format(trees="befores")},
would_be AS MATERIALIZED {BEST.format(trees="afters")}, changes AS MATERIALIZED (
    SELECT {OF_BEST.format(best="was")} AS before, {OF_BEST.format(best="would_be")} AS after, n, examples
    FROM (SELECT n, examples, at::int - 1 AS at FROM outcomes) o, was, would_be
)
SELECT before, after, sum(n)::bigint, ARRAY(
    SELECT subject FROM changes c, unnest(c.examples) AS subject
    WHERE g.before IS DISTINCT FROM g.after
        AND c.before IS NOT DISTINCT FROM g.before AND c.after IS NOT DISTINCT FROM g.after
    ORDER BY subject LIMIT %(examples)s)
FROM changes g GROUP BY before, after"""  # noqa: S608  (values are bound)


@dataclass(frozen=True, slots=True)
class Change:
    """So many go from one outcome to another; `examples` are the lowest of their ids."""

    before: Outcome
    after: Outcome
    count: int
    examples: list[int]


@dataclass(frozen=True, slots=True)
class Preview:
    """What changes for candidates and for open applications.

    A candidate's outcome is the best one among the postings concerned: eligible when one of them
    takes them, unknown when none does but one may. An application's is that of its posting.
    """

    postings: int
    candidates: list[Change]
    applications: list[Change]
    cut_months: list[CutMonth]


def preview(draft: RuleSet) -> Preview:
    """What saving the draft would change, for postings that are not closed; refuses what saving would."""
    check(draft)
    postings = list(concerned(draft).select_related("campaign", "organisation"))
    book = RuleBook.of(postings)
    before, after = book.effective(postings), book.with_draft(draft).effective(postings)
    if not postings:
        return Preview(0, [], [], cut_months(draft))
    changed = _candidates(before, after), _applications(before, after)
    return Preview(len(postings), *changed, cut_months(draft))


def concerned(draft: RuleSet) -> QuerySet[Posting]:
    """The postings that the rules of a scope apply to, but for closed ones."""
    scope = {"posting": "pk"}.get(draft.scope, draft.scope)
    rows = Posting.objects.filter(**{scope: getattr(draft, f"{draft.scope}_id")})
    return rows.exclude(state=PostingState.CLOSED)


def _candidates(before: list[Effective], after: list[Effective]) -> list[Change]:
    posting = before[0].posting
    source = of_candidates(posting.organisation, on=today_of(posting.campaign))
    compiler = QueryCompiler()
    indexes = [{compiler.add(row.tree, row.context) for row in rules} for rules in (before, after)]
    return _changes(compiler, CANDIDATES, source, indexes)


def _applications(before: list[Effective], after: list[Effective]) -> list[Change]:
    postings = [row.posting.pk for row in before]
    source = of_open_applications(postings, on=today_of(before[0].posting.campaign))
    compiler = QueryCompiler()
    indexes = [[compiler.add(row.tree, row.context) for row in rules] for rules in (before, after)]
    return _changes(compiler, APPLICATIONS, source, indexes, postings=postings)


def _changes(
    compiler: QueryCompiler,
    template: str,
    source: Source,
    indexes: Sequence[Iterable[int]],
    **more: list[int],
) -> list[Change]:
    masks = compiler.masks
    befores, afters = ([masks[index] for index in row] for row in indexes)
    sql, params = compiler.fill(template, source)
    params |= {"befores": befores, "afters": afters, "examples": EXAMPLES, **more}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ROOM)
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    changes = [Change(NAMES[b], NAMES[a], count, examples or []) for b, a, count, examples in rows]
    return sorted(changes, key=lambda change: (change.before, change.after))
