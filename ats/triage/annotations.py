"""Filtering applications by their test results and verdicts."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Exists, F, OuterRef, QuerySet

from ats.models import Application, AssessmentResult, Verdict

Rows = QuerySet[Application]


def filter_by_score(rows: Rows, lookup: str, percent: Decimal) -> Rows:
    """Those whose best written test is at least ("gte") or at most ("lte") `percent` of its maximum."""
    results = AssessmentResult.objects.filter(application=OuterRef("pk"))
    if lookup == "gte":
        return rows.filter(Exists(results.filter(score__gte=percent * F("assessment__maximum") / 100)))
    better = results.filter(score__gt=percent * F("assessment__maximum") / 100)
    return rows.filter(Exists(results), ~Exists(better))


def filter_by_verdict(rows: Rows, outcome: str) -> Rows:
    """Those whose newest verdict is `outcome`."""
    newer = Verdict.objects.filter(application=OuterRef("application"), pk__gt=OuterRef("pk"))
    found = Verdict.objects.filter(application=OuterRef("pk"), outcome=outcome)
    return rows.filter(Exists(found.filter(~Exists(newer))))
