from __future__ import annotations

import json
import re
from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from api.core.throttling import PublicRate
from ats.models import Campaign, Location, Posting, PostingState
from tests.eligibility.rules import WINDOW_2026, rules_of
from tests.factories import a_campaign, a_posting, an_organisation

pytestmark = pytest.mark.django_db


def test_the_list_shows_what_is_open_and_nothing_else(client: Client) -> None:
    organisation = an_organisation()
    shown = a_posting(organisation, title="Compiler intern")
    for state in (PostingState.DRAFT, PostingState.PAUSED, PostingState.CLOSED):
        a_posting(organisation, title=f"Hidden {state}", state=state)
    over = timezone.now().date() - timedelta(days=3)
    a_posting(organisation, title="Hidden by the season", campaign=a_campaign(organisation, closes_on=over))

    page = client.get("/careers/").content.decode()

    assert re.findall(r'href="/careers/(\d+)/"', page) == [str(shown.pk)]
    assert "Hidden" not in page


@pytest.mark.parametrize("state", [PostingState.DRAFT, PostingState.PAUSED, PostingState.CLOSED])
def test_a_page_of_what_is_not_open_is_not_there(client: Client, state: PostingState) -> None:
    posting = a_posting(an_organisation(), state=state)

    assert client.get(f"/careers/{posting.pk}/").status_code == 404


def closes_at(posting: Posting) -> str:
    return str(Campaign.objects.get(pk=posting.campaign_id).closes_at.isoformat())


def test_a_posting_carries_its_json_ld_and_no_text_breaks_out_of_it(client: Client) -> None:
    organisation = an_organisation(name="Aurora")
    posting = a_posting(
        organisation,
        title="</script><script>alert(1)</script>",
        kind="internship",
        description="Write <b>compilers</b>.<script>alert(2)</script>",
        head_count=3,
    )
    posting.locations.add(Location.objects.create(organisation=organisation, name="Hangzhou", country="CN"))

    page = client.get(f"/careers/{posting.pk}/").content.decode()

    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, flags=re.DOTALL)
    assert [attributes for attributes, _ in scripts] == [' type="application/ld+json"']
    assert json.loads(scripts[0][1]) == {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "</script><script>alert(1)</script>",
        "description": "Write <b>compilers</b>.<script>alert(2)</script>",
        "datePosted": posting.created_at.astimezone(ZoneInfo("Asia/Shanghai")).date().isoformat(),
        "validThrough": closes_at(posting),
        "employmentType": "INTERN",
        "hiringOrganization": {"@type": "Organization", "name": "Aurora"},
        "jobLocation": [
            {
                "@type": "Place",
                "address": {
                    "@type": "PostalAddress",
                    "addressLocality": "Hangzhou",
                    "addressCountry": "CN",
                },
            }
        ],
        "totalJobOpenings": 3,
        "identifier": {"@type": "PropertyValue", "name": "Intake", "value": str(posting.pk)},
        "directApply": True,
        "url": f"http://testserver/careers/{posting.pk}/",
    }


def test_pages_speak_chinese(client: Client) -> None:
    organisation = an_organisation(name_zh="曙光")
    posting = a_posting(organisation, title="Search", title_zh="搜索实习生")

    page = client.get(f"/careers/{posting.pk}/", headers={"Accept-Language": "zh-hans"}).content.decode()

    assert '<html lang="zh-hans">' in page
    assert "搜索实习生" in page
    assert "曙光" in page


def test_a_posting_says_in_the_readers_language_who_may_apply(client: Client) -> None:
    posting = a_posting(an_organisation())
    rules_of(posting, WINDOW_2026)
    address = f"/careers/{posting.pk}/"

    pages = [
        client.get(address, headers={"Accept-Language": language}).content.decode()
        for language in ("en", "zh-hans")
    ]

    assert [re.findall("<dt>(?:Who may apply|投递条件)</dt><dd>(.*?)</dd>", page) for page in pages] == [
        ["Required: graduation from November 2025 to October 2026."],
        ["要求：2025年11月至2026年10月毕业。"],
    ]


def test_the_sitemap_lists_open_postings(client: Client) -> None:
    organisation = an_organisation()
    posting = a_posting(organisation)
    a_posting(organisation, state=PostingState.DRAFT)

    answer = client.get("/sitemap.xml").content.decode()

    assert re.findall("<loc>(.*?)</loc>", answer) == [f"http://testserver/careers/{posting.pk}/"]


@pytest.mark.parametrize("address", ["/careers/?before=x", "/careers/?text=%00", "/careers/?kind=none"])
def test_odd_questions_get_an_answer(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_what_all_may_read_is_cacheable_and_answers_304(client: Client) -> None:
    a_posting(an_organisation())
    first = client.get("/api/v1/public/postings/")

    again = client.get("/api/v1/public/postings/", headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"] == "public, max-age=60"
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_not_for_all_is_kept_by_no_cache(client: Client) -> None:
    assert client.get("/api/v1/me/")["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/careers/", "/sitemap.xml"])
def test_who_reads_too_many_pages_is_told_when_to_come_back(
    client: Client, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PublicRate, "rate", "2/min", raising=False)
    address = f"2001:db8::{uuid4().hex[:4]}:{uuid4().hex[:4]}"  # nobody whom an earlier run has counted

    answers = [
        client.get(path, REMOTE_ADDR=address, headers={"Accept-Language": "zh-Hans"}) for _ in range(3)
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    seconds = answers[2]["Retry-After"]
    assert answers[2].content.decode() == f"请求过于频繁：请等待 {seconds} 秒。"
