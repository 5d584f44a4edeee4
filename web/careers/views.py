"""The list of open postings and one posting."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ats.eligibility.rule_book import RuleBook
from ats.exchange.schema_org import job_posting
from ats.models import Posting, PostingKind, Track
from ats.models.posting import PostingQuerySet

PAGE = 30
KINDS = (PostingKind.INTERNSHIP, PostingKind.GRADUATE)
FILTERS = {
    "organisation": "organisation__slug",
    "track": "track__code",
    "kind": "kind",
}


@require_safe
@cache_control(public=True, max_age=60)
def index(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "").replace("\0", "") for name in (*FILTERS, "text")}
    rows = list(_wanted(asked, request.GET.get("before", "")).order_by("-id")[: PAGE + 1])
    context = {
        "postings": rows[:PAGE],
        "asked": asked,
        "is_filtered": any(asked.values()),
        "tracks": _tracks(),
        "kinds": KINDS,
        "older": _older(request, rows),
    }
    return render(request, "careers/index.html", context)


@require_safe
@cache_control(public=True, max_age=60)
def posting(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Posting.objects.public(), pk=pk)
    document = job_posting(row, url=request.build_absolute_uri(request.path))
    (rules,) = RuleBook.of([row]).effective([row])
    asked = None if rules.is_open_to_all else rules.rules.describe()
    context = {"posting": row, "asked": asked, "json_ld": _inside_script(document)}
    return render(request, "careers/posting.html", context)


def _wanted(asked: dict[str, str], before: str) -> PostingQuerySet:
    rows = Posting.objects.public()
    rows = rows.filter(**{column: asked[name] for name, column in FILTERS.items() if asked[name]})
    if asked["text"]:
        rows = rows.matching(asked["text"])
    return rows.filter(pk__lt=int(before)) if before.isascii() and before.isdigit() else rows


def _tracks() -> dict[str, Track]:
    """The tracks that have open postings, by code; of several employers' the first names it."""
    rows = Track.objects.filter(postings__in=Posting.objects.accepting()).distinct()
    return {row.code: row for row in rows.order_by("-position", "-pk")}


def _older(request: HttpRequest, rows: list[Posting]) -> str:
    """The query string of the next page; "" when there is none."""
    if len(rows) <= PAGE:
        return ""
    query = request.GET.copy()
    query["before"] = str(rows[PAGE - 1].pk)
    return query.urlencode()


def _inside_script(document: dict[str, Any]) -> str:
    """JSON that no text in it can break out of a <script> with."""
    text = json.dumps(document, ensure_ascii=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return mark_safe(text)  # noqa: S308
