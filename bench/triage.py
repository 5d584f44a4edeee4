"""The triage page at a million applications, against the bare floor: `python -m bench.triage`."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

from bench import measure, season

DATABASES = {"season_1000000": season.MILLION, "season_100000": season.TENTH}
LIST = "/api/v1/applications/"
PAGE_10_000 = 10_000 * 50  # rows before it
NAIVE_SETTINGS = "bench.naive_settings"


def main() -> None:
    """One process a database, because Django knows one."""
    if len(sys.argv) == 2:
        print(*measured(sys.argv[1]).values())
        return
    figures = {name: figures_of(name) for name in DATABASES}
    report(figures["season_1000000"], figures["season_100000"])


def figures_of(database: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.triage", database]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(zip(NAMES, map(float, done.stdout.split()), strict=True))


NAMES = ("floor", "page_1", "page_10_000", "naive", "rare", "common", "both", "stage", "counts", "capped")


def measured(database: str) -> dict[str, float]:
    measure.prepare(database)
    organisation = season.season_of(DATABASES[database])
    headers = signed_in(organisation)
    with measure.serving("bench.floor:application") as site:
        floor = measure.median_ms(lambda: measure.fetched(site, f"/{organisation.pk}/"))
    with measure.serving("backend.wsgi:application") as site:

        def page(query: str = "", path: str = LIST) -> float:
            return measure.median_ms(lambda: measure.fetched(site, path + query, **headers))

        ours = {
            "page_1": page(),
            "page_10_000": page(f"?cursor={cursor_at(organisation, PAGE_10_000)}"),
            "rare": page("?text=%E5%BC%A0%E4%BC%9F%E6%98%8E"),
            "common": page("?text=%E5%BC%A0"),
            "both": page("?text=%E5%BC%A0%20%E6%B8%85%E5%8D%8E"),
            "stage": page(f"?stage={stage_of(organisation)}&order=longest_in_stage"),
            "counts": page("counts/"),
            "capped": page("count/?source=fair"),
        }
    os.environ["DJANGO_SETTINGS_MODULE"] = NAIVE_SETTINGS
    with measure.serving("backend.wsgi:application") as site:
        naive = measure.median_ms(lambda: measure.fetched(site, "/applications/"), times=10, warm=2)
    return {name: ({"floor": floor, "naive": naive} | ours)[name] for name in NAMES}


def signed_in(organisation: Any) -> dict[str, str]:
    from ats.models import Membership
    from ats.people.access_tokens import issue_token

    _token, secret = issue_token(account=Membership.objects.for_org(organisation).get().account)
    return {"Authorization": f"Bearer {secret}"}


def cursor_at(organisation: Any, row: int) -> str:
    """The cursor behind the row at half of a small season, or at page 10,000 of a large one."""
    from api.core.pagination import encode_cursor
    from ats.models import Application

    rows = Application.objects.for_org(organisation)
    place = min(row, rows.count() // 2)
    return encode_cursor(rows.order_by("-created_at", "-id").values_list("created_at", "id")[place])


def stage_of(organisation: Any) -> int:
    from ats.models import Stage

    return Stage.objects.for_org(organisation).filter(kind="interview").earliest("id").pk


def report(million: dict[str, float], tenth: dict[str, float]) -> None:
    def line(what: str, figure: float, baseline: float, most: str = "") -> None:
        print(f"{what:<62} {figure:8.2f} ms {figure / baseline:8.2f}x {most}")

    floor, page = million["floor"], million["page_1"]
    print(f"{'at 1,000,000 applications, medians':<62}")
    line("floor: the same SQL through psycopg and json.dumps", floor, floor)
    line("page of 50", page, floor, "of the floor, at most 3x")
    line("nested serializers and page numbers", million["naive"], floor, "of the floor")
    line("page 10,000", million["page_10_000"], page, "of page 1, at most 1.2x")
    line("page of 50, against 100,000 applications", page, tenth["page_1"], "at most 1.3x")
    line("one stage, the longest there first", million["stage"], page, "of page 1")
    line("text: a rare name", million["rare"], page, "of page 1")
    line("text: one common character", million["common"], page, "of page 1")
    line("text: a name and a school", million["both"], page, "of page 1")
    line("counts per stage", million["counts"], page, "of page 1")
    line("capped count of a filtered list", million["capped"], page, "of page 1")


if __name__ == "__main__":
    main()
