"""Eligibility at the size of a season: 200,000 candidates x 3,000 postings.

`python -m bench.eligibility` makes the season in a database of its own, the same every time, counts
the eligible candidates of every posting, and judges a sample of the same pairs with Python objects.
"""

from __future__ import annotations

import itertools
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from bench.measure import median_ms, prepare, timed_ms

if TYPE_CHECKING:
    from ats.eligibility.facts import Source
    from ats.eligibility.rule_book import Effective
    from ats.eligibility.verdicts.matching import PostingMatcher
    from ats.models import Organisation
from bench.eligibility_objects import Person, judge_of

CANDIDATES = int(os.environ.get("BENCH_CANDIDATES", "200000"))
POSTINGS = int(os.environ.get("BENCH_POSTINGS", "3000"))
SAMPLE = 400  # candidates whom the Python objects judge; the rest is extrapolated
SLUG = f"bench-{CANDIDATES}-{POSTINGS}-spread"

# Primes keep the facts independent of each other. Every fact is missing for some.
CANDIDATES_SQL = """
WITH made AS (
    INSERT INTO ats_candidate (organisation_id, name, email, phone, language, words, facts)
    SELECT %(organisation)s, 'Candidate ' || n, 'c' || n || '@example.com', '', 'zh-hans', ''::tsvector,
        CASE WHEN n %% 37 = 0 THEN '{}'::jsonb ELSE jsonb_build_object(
            'languages', jsonb_build_object('zh', 7, 'en', nullif(n * 7919 / 3 %% 7, 0))) END
    FROM generate_series(1, %(count)s) n
    RETURNING id
), numbered AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM made)
INSERT INTO ats_education (candidate_id, institution_id, institution_name, degree, major, discipline,
    graduates_from, graduates_until, is_latest)
SELECT id, (%(schools)s::bigint[])[n * 7907 %% 160 + 1], 'A school', nullif(n * 7901 / 5 %% 6, 0), 'a major',
    (%(disciplines)s::text[])[n * 7883 / 7 %% 13 + 1],
    month, (month + interval '1 month - 1 day')::date, true
FROM numbered, LATERAL (SELECT CASE WHEN n %% 41 <> 0
    THEN (date '2025-08-01' + (n * 7877 / 11 %% 24 || ' months')::interval)::date END AS month) m
"""


def main() -> None:
    prepare("intake_bench_eligibility")
    from ats.eligibility.rule_book import effective_rules
    from ats.models import Posting

    organisation = the_season()
    rules: list[Effective] = []
    loading = timed_ms(
        lambda: rules.extend(effective_rules(Posting.objects.for_org(organisation).order_by("pk")))
    )
    trees = len({row.tree for row in rules})
    print(f"{CANDIDATES:,} candidates x {POSTINGS:,} postings, {trees:,} distinct rule trees")
    print(f"rules read and combined                        {loading:12,.0f} ms")
    grouped = count_season(organisation, rules)
    python = judge_sample(organisation, rules)
    print(f"Python objects take {python / grouped:,.0f} times as long")
    list_of_one(organisation, rules)


def count_season(organisation: Organisation, rules: list[Effective]) -> float:
    from ats.eligibility.verdicts.counts import counts

    took = min(timed_ms(lambda: counts(organisation, rules, on=rules[0].context.on)) for _ in range(3))
    print(f"every posting counted, one statement           {took:12,.0f} ms (best of 3, compiling included)")
    return took


def judge_sample(organisation: Organisation, rules: list[Effective]) -> float:
    """Milliseconds for the whole season by Python objects, extrapolated from the sample."""
    from ats.eligibility.compiler import QueryCompiler
    from ats.eligibility.facts import CANDIDATES as TABLES
    from ats.eligibility.facts import OF_CANDIDATE, Source
    from ats.models import Candidate

    ids = list(Candidate.objects.for_org(organisation).order_by("pk").values_list("pk", flat=True))
    sample = random.Random(1).sample(ids, min(SAMPLE, len(ids)))
    compiler = QueryCompiler()
    indexes = [compiler.add(row.tree, row.context) for row in rules]
    params = {"ids": sample, "on": rules[0].context.on, "referral": None}
    rows = compiler.run(
        Source("c.id AS subject", OF_CANDIDATE, f"{TABLES} WHERE c.id = ANY(%(ids)s)", params)
    )
    people = [Person.of(row) for row in rows]
    judges = [judge_of(row.tree) for row in rules]
    found: list[list[bool | None]] = []
    took = timed_ms(lambda: found.extend([judge(person) for judge in judges] for person in people))
    assert found == [[row["v"][index] for index in indexes] for row in rows], "the two disagree"
    whole = took * len(ids) / len(people)
    print(
        f"every pair judged by Python objects            {whole:12,.0f} ms"
        f" (extrapolated from {len(people)} x {len(rules):,}: {took:,.0f} ms, same verdicts)"
    )
    return whole


def list_of_one(organisation: Organisation, rules: list[Effective]) -> None:
    from ats.eligibility.facts import of_candidate
    from ats.eligibility.verdicts.matching import PostingMatcher
    from ats.models import Candidate

    ids = Candidate.objects.for_org(organisation).order_by("pk").values_list("pk", flat=True)
    matcher, on = PostingMatcher(rules), rules[0].context.on
    sources = itertools.cycle([of_candidate(pk, on=on) for pk in ids[:200]])
    print(
        f"one candidate's list of eligible postings      "
        f"{median_ms(lambda: matcher.match(next(sources))):12,.2f} ms"
    )
    print(f"  of that, executing in PostgreSQL             {executing_ms(matcher, sources):12,.2f} ms")
    looked_up = cpu_ms(served(organisation, sources))
    print(f"  as served, compiled rules looked up first    {looked_up:12,.2f} ms of this process's CPU")


def cpu_ms(work: Callable[[], object]) -> float:
    """The time of the processor that a call takes here: a busy machine does not lengthen it."""
    work()
    begun = time.process_time()
    for _ in range(100):
        work()
    return (time.process_time() - begun) * 10


def served(organisation: Organisation, sources: Iterator[Source]) -> Callable[[], object]:
    """What `GET /me/postings/` does, without HTTP: is what is kept still right, and then the same."""
    from ats.eligibility.verdicts.matchers import matcher_of
    from ats.models import Campaign, Posting

    postings = Posting.objects.for_org(organisation)
    campaigns = list(Campaign.objects.for_org(organisation).order_by("pk"))
    return lambda: matcher_of(postings, campaigns).match(next(sources))


def executing_ms(matcher: PostingMatcher, sources: Iterator[Source]) -> float:
    """The median time that PostgreSQL says it takes to execute the statement."""
    from django.db import connection

    times: list[float] = []
    with connection.cursor() as cursor:
        for source in itertools.islice(sources, 200):
            sql, params = matcher.statement(source)
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT json) {sql}", params)
            (plan,) = cursor.fetchone()
            times.append(plan[0]["Execution Time"])
    return statistics.median(times)


# The season


def the_season() -> Organisation:
    from django.db import connection, transaction

    from ats.models import Account, Organisation
    from ats.organisations.setup import create_organisation
    from ats.people.institutions.importing import load_institutions

    if found := Organisation.objects.filter(slug=SLUG).first():
        return found
    load_institutions()
    owner, _ = Account.objects.for_email("bench@example.com")
    with transaction.atomic(), connection.cursor() as cursor:
        organisation = create_organisation(by=owner, slug=SLUG, name="Bench")
        make_candidates(organisation)
        make_postings(organisation)
        cursor.execute("ANALYZE")
    return organisation


def make_candidates(organisation: Organisation) -> None:
    from django.db import connection

    from ats.common.disciplines import DISCIPLINES
    from ats.models import Institution

    schools = list(Institution.objects.order_by("pk").values_list("pk", flat=True))
    facts: dict[str, Any] = {"schools": schools, "disciplines": list(DISCIPLINES)}
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES_SQL, {**facts, "organisation": organisation.pk, "count": CANDIDATES})


def make_postings(organisation: Organisation) -> None:
    from ats.models import Campaign, Pipeline, Posting, RuleSet, Track

    today = date(2026, 6, 1)
    days = {"opens_on": today, "closes_on": today + timedelta(days=365)}
    campaigns = [
        Campaign.objects.create(organisation=organisation, slug=f"season-{number}", name="Season", **days)
        for number in range(len(WINDOWS))
    ]
    track = Track.objects.for_org(organisation).earliest("position")
    pipeline = Pipeline.objects.for_org(organisation).get(is_default=True)
    common: dict[str, Any] = {
        "organisation": organisation,
        "track": track,
        "pipeline": pipeline,
        "state": "open",
    }
    postings = Posting.objects.bulk_create(
        Posting(title=f"Posting {n}", campaign=campaigns[n * 4 // POSTINGS], **common)
        for n in range(POSTINGS)
    )
    sets = [RuleSet(campaign=row, tree=tree) for row, tree in zip(campaigns, WINDOWS, strict=True)]
    sets += [RuleSet(posting=row, tree=tree) for row, tree in zip(postings, posting_trees(), strict=False)]
    for row in sets:
        row.organisation, row.version = organisation, 1
    RuleSet.objects.bulk_create(sets)


def rule(kind: str, **params: Any) -> dict[str, Any]:
    return {"kind": kind, "params": params}


WINDOWS = [
    rule("graduation_window", ranges=[{"from": begins, "to": ends}])
    for begins, ends in [
        ("2025-11", "2026-10"),
        ("2026-11", "2027-10-30"),
        ("2025-08", "2026-07"),
        ("2026-01", "2026-12"),
    ]
]
DEGREES = [rule("degree", least=least) for least in ("associate", "bachelor", "master", "doctor")]
SCHOOLS = [
    rule("institution_region", regions=["mainland"]),
    rule("institution_region", regions=["hmt", "overseas"]),
    rule("institution_tier", tiers=["985", "211"]),
    {"any": [rule("institution_tier", tiers=["双一流"]), rule("institution_region", countries=["SG", "GB"])]},
    {"all": []},
]
MAJORS = [
    rule("major", disciplines=[a, b])
    for a, b in itertools.combinations(("engineering", "science", "law", "art"), 2)
]
TONGUES = [rule("language", language="en", level=level) for level in ("B1", "B2", "C1")]


def posting_trees() -> Iterator[dict[str, Any]]:
    for parts in itertools.cycle(itertools.product(DEGREES, SCHOOLS, MAJORS, TONGUES)):
        yield {"all": list(parts)}


if __name__ == "__main__":
    main()
