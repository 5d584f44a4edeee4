"""A season of any size within a minute or two: plain numbers in plain SQL, the same rows every time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection, transaction

FAMILIES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉"
SCHOOLS = (
    *("清华大学", "北京大学", "浙江大学", "复旦大学", "同济大学", "南京大学", "武汉大学", "四川大学"),
    *("中山大学", "厦门大学", "吉林大学", "山东大学", "兰州大学", "重庆大学", "云南大学", "MIT"),
)
SLUG = "bench"

STAGED = "CREATE TEMP TABLE staged (n int, name text, email text, phone text, school int, words text[])"
COPY = "COPY staged FROM STDIN"
CANDIDATES = """
INSERT INTO ats_candidate (organisation_id, name, email, phone, phone_key, language, schools, words)
SELECT %(organisation)s, name, email, phone, '+86' || phone, 'zh-hans', (%(schools)s::text[])[school],
    array_to_tsvector(words)
FROM staged ORDER BY n
"""
EDUCATIONS = """
INSERT INTO ats_education (candidate_id, institution_id, institution_name, degree, major,
    graduates_from, graduates_until, is_latest)
SELECT c.id, (%(institutions)s::bigint[])[school], c.schools, 3 + n %% 3, 'Computing',
    DATE '2026-01-01' + n %% 36 * interval '1 month',
    DATE '2026-02-01' + n %% 36 * interval '1 month' - interval '1 day', true
FROM staged JOIN ats_candidate c USING (email) WHERE organisation_id = %(organisation)s
"""
NUMBERED = """
CREATE TEMP TABLE numbered_{0} AS
SELECT id, row_number() OVER (ORDER BY id) - 1 AS number FROM ats_{0} WHERE organisation_id = %s;
ANALYZE numbered_{0}, ats_{0}
"""
# Everybody applies a few times, in the order of time.
APPLICATIONS = """
INSERT INTO ats_application (organisation_id, campaign_id, posting_id, candidate_id, track_id,
    graduates_from, graduates_until, stage_id, state, preference, source, created_at, stage_entered_at)
SELECT %(organisation)s, %(campaign)s, p.id, c.id, p.track_id, e.graduates_from, e.graduates_until,
    (%(stages)s::bigint[])[CASE WHEN n %% 100 < 55 THEN 1 WHEN n %% 100 < 80 THEN 2
        WHEN n %% 100 < 90 THEN 3 WHEN n %% 100 < 97 THEN 4 ELSE 5 END],
    CASE WHEN n / 7 %% 20 < 12 THEN 'active' WHEN n / 7 %% 20 < 19 THEN 'rejected' ELSE 'withdrawn' END,
    1 + n %% 5, (ARRAY['website', 'fair', 'referral', 'campus'])[1 + n %% 4],
    at.made, at.made + n %% 240 * interval '1 hour'
FROM generate_series(0, %(applications)s - 1) n
JOIN numbered_candidate c ON c.number = n %% %(candidates)s
JOIN numbered_posting np
    ON np.number = (n %% %(candidates)s * 7919::bigint + n / %(candidates)s * 17) %% %(postings)s
JOIN ats_posting p ON p.id = np.id
JOIN ats_education e ON e.candidate_id = c.id AND e.is_latest,
LATERAL (SELECT TIMESTAMPTZ '2026-03-01' + n * (interval '90 days' / %(applications)s) AS made) at
ORDER BY n
"""
# What the list shows of an application besides: all are judged and given to somebody, some examined, some
# tagged.
WORK = """
INSERT INTO ats_verdict (organisation_id, application_id, outcome, rule_sets, document)
SELECT organisation_id, id, CASE id % 500 WHEN 0 THEN 'not_eligible' ELSE 'eligible' END, '{}', '{}'
FROM ats_application ORDER BY id;
INSERT INTO ats_assignment (organisation_id, application_id, member_id)
SELECT a.organisation_id, a.id, m.id FROM ats_application a JOIN ats_membership m USING (organisation_id)
ORDER BY a.id;
INSERT INTO ats_tag (organisation_id, name) SELECT id, 'fair' FROM ats_organisation;
INSERT INTO ats_tagging (organisation_id, application_id, tag_id)
SELECT a.organisation_id, a.id, t.id FROM ats_application a JOIN ats_tag t USING (organisation_id)
WHERE a.id % 10 = 0 ORDER BY a.id;
INSERT INTO ats_assessment (organisation_id, stage_id, name, name_zh, maximum, threshold)
SELECT organisation_id, id, 'Written test', '', 100, 60 FROM ats_stage WHERE kind = 'assessment';
INSERT INTO ats_assessmentresult (organisation_id, assessment_id, application_id, external_id, score)
SELECT a.organisation_id, x.id, a.id, a.id, a.id % 101
FROM ats_application a JOIN ats_assessment x USING (organisation_id) WHERE a.id % 5 = 0 ORDER BY a.id
"""
# The rows refer to what was just made, so the checks of a million references are left out; with
# them goes the trigger that keeps the tally, which is therefore filled here.
UNCHECKED = "SET LOCAL session_replication_role = replica"
TALLY = """
INSERT INTO ats_stagetally (organisation_id, campaign_id, track_id, stage_id, state, change)
SELECT organisation_id, campaign_id, track_id, stage_id, state, count(*) FROM ats_application
GROUP BY 1, 2, 3, 4, 5
"""
# Indexes are made again after the rows: in one go instead of a million times a little.
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE tablename IN ('ats_application', 'ats_candidate', 'ats_education')
AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = indexname)
"""


@dataclass(frozen=True, slots=True)
class Size:
    applications: int
    candidates: int
    postings: int


MILLION = Size(1_000_000, 200_000, 3_000)
TENTH = Size(100_000, 20_000, 300)


def season_of(size: Size) -> Any:
    """The bench's organisation in this database, filled to `size` the first time."""
    from ats.models import Account, Organisation
    from ats.organisations.setup import create_organisation

    if found := Organisation.objects.filter(slug=SLUG).first():
        return found
    with transaction.atomic():
        owner = Account.objects.create(email="owner@bench.example", name="Owner")
        organisation = create_organisation(by=owner, slug=SLUG, name="Bench", is_demo=True)
        fill(organisation, size)
    run("VACUUM (ANALYZE)")
    return organisation


def fill(organisation: Any, size: Size) -> None:
    params = asdict(size) | standing(organisation, size)
    run(UNCHECKED)
    indexes = rows(INDEXES)
    for name, _ in indexes:
        run(f'DROP INDEX "{name}"')
    run(STAGED)
    with connection.cursor() as cursor, cursor.copy(COPY) as out:
        for person in people(size.candidates):
            out.write_row(person)
    run(CANDIDATES, params)
    run("ANALYZE ats_candidate, staged")
    run(EDUCATIONS, params)
    run("ANALYZE ats_education")
    for name in ("candidate", "posting"):
        run(NUMBERED.format(name), [organisation.pk])
    run(APPLICATIONS, params)
    run(TALLY)
    run(WORK)
    for _, definition in indexes:
        run(definition)


def people(count: int) -> Iterator[tuple[Any, ...]]:
    from ats.models.search_terms import words_of

    for n in range(count):
        name = FAMILIES[n % 20] + GIVEN[n // 20 % 25] + (GIVEN[n // 500 % 25] if n % 3 else "")
        email, phone, school = f"student{n}@school{n % 97}.example", f"138{n:08}", n // 7 % len(SCHOOLS)
        yield n, name, email, phone, school + 1, words_of((name, email, SCHOOLS[school]), phone)


def standing(organisation: Any, size: Size) -> dict[str, Any]:
    """The ids of what the many rows refer to."""
    from ats.models import Campaign, Institution, Pipeline, Posting, Stage, Track

    campaign = Campaign.objects.create(
        organisation=organisation, slug="bench", name="Bench", opens_on="2026-03-01", closes_on="2026-06-01"
    )
    schools = Institution.objects.bulk_create(
        Institution(name=name, country="CN", region="mainland", tiers=["c9"] if n < 3 else [])
        for n, name in enumerate(SCHOOLS)
    )
    pipeline = Pipeline.objects.for_org(organisation).get(is_default=True)
    tracks = list(Track.objects.for_org(organisation))
    Posting.objects.bulk_create(
        Posting(
            organisation=organisation,
            campaign=campaign,
            pipeline=pipeline,
            track=tracks[n % len(tracks)],
            title=f"Engineer {n}",
            title_zh=f"工程师{n}",
            state="open",
        )
        for n in range(size.postings)
    )
    stages = Stage.objects.filter(pipeline=pipeline).order_by("position")
    return {
        "organisation": organisation.pk,
        "campaign": campaign.pk,
        "stages": list(stages.values_list("pk", flat=True)),
        "schools": list(SCHOOLS),
        "institutions": [row.pk for row in schools],
    }


def run(statement: str, params: Any = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
