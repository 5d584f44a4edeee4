"""Season size: how many candidates every posting takes, and who they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models.expressions import RawSQL

from ats.eligibility.compiler import OF_TREE, OUTCOMES, REQUIREMENTS, QueryCompiler
from ats.eligibility.facts import of_candidates
from ats.eligibility.rule_book import Effective
from ats.models import Organisation

# People of equal facts are judged once, and only by the facts that some rule reads. The numbers of
# people at each index are kept as a bit string per binary digit: counting is counting bits.
COUNTS = f"""WITH people AS (
    SELECT {{facts}}, count(*) AS n FROM ({{source}}) p GROUP BY {{facts}}
), outcomes AS MATERIALIZED (
    SELECT each, sum(n)::bigint AS n, row_number() OVER () AS at
    FROM (SELECT n, {OUTCOMES} AS each FROM people f OFFSET 0) q GROUP BY each
), {REQUIREMENTS}, digits AS MATERIALIZED (
    SELECT digit, string_agg((n >> digit & 1)::text, '' ORDER BY at)::varbit AS ones
    FROM outcomes, generate_series(0, (SELECT ceil(log(2, max(n)))::int FROM outcomes)) AS digit
    GROUP BY digit
), counted AS (
    SELECT index, (SELECT sum(bit_count(met & ones) << digit) FROM digits) AS eligible,
        (SELECT sum(bit_count(failed & ones) << digit) FROM digits) AS not_eligible
    FROM unnest(%(trees)s::varbit[]) WITH ORDINALITY AS t(mask, index), LATERAL {OF_TREE} r
), everybody AS (SELECT sum(n) AS total FROM outcomes)
SELECT posting, coalesce(eligible, 0), coalesce(not_eligible, 0),
    coalesce(total - eligible - not_eligible, 0)
FROM unnest(%(postings)s::bigint[], %(indexes)s::bigint[]) AS asked(posting, index)
JOIN counted USING (index), everybody ORDER BY posting"""  # noqa: S608  (values are bound)
# Compiling many short expressions takes longer than running them; groups are to fit into memory.
ROOM = "SET LOCAL jit = off; SET LOCAL work_mem = '64MB'"

# Of one tree, whose requirements are all there are.
ALL_MET = "position(B'0' IN met) = 0"


@dataclass(frozen=True, slots=True)
class Count:
    posting: int
    eligible: int
    not_eligible: int
    unknown: int


def counts(organisation: Organisation, rules: Iterable[Effective], *, on: date) -> list[Count]:
    """For each posting how many of the organisation's candidates have which outcome, in one statement."""
    compiler = QueryCompiler()
    indexes = {row.posting.pk: compiler.add(row.tree, row.context) + 1 for row in rules}
    sql, params = compiler.fill(COUNTS, of_candidates(organisation, on=on))
    params |= {"trees": compiler.masks, "postings": list(indexes), "indexes": list(indexes.values())}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ROOM)
        cursor.execute(sql, params)
        return [Count(*map(int, row)) for row in cursor.fetchall()]


def eligible_candidates(rules: Effective) -> RawSQL:
    """The ids of the candidates whom a posting takes, as a subquery for `filter(pk__in=…)`."""
    compiler = QueryCompiler()
    compiler.add(rules.tree, rules.context)
    sql, params = compiler.judged(of_candidates(rules.posting.organisation, on=rules.context.on))
    named = re.compile(r"%\((\w+)\)s")
    values = [params[name] for name in named.findall(sql)]
    return RawSQL(f"SELECT subject FROM ({named.sub('%s', sql)}) j WHERE {ALL_MET}", values)  # noqa: S608, S611  (values are bound)
