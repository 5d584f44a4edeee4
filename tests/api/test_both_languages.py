"""What a candidate reads of a posting is there in both languages, wherever it is shown."""

from __future__ import annotations

from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator

from tests.factories import a_candidate, a_client, a_posting, an_account, an_application, an_organisation

pytestmark = pytest.mark.django_db


def test_wherever_a_posting_is_named_its_chinese_title_is_too() -> None:
    generator: Any = SchemaGenerator()  # type: ignore[no-untyped-call]
    schemas = generator.get_schema(request=None, public=True)["components"]["schemas"]
    naming = {name: schema["properties"] for name, schema in schemas.items() if "properties" in schema}

    named = [name for name, properties in naming.items() if "posting_title" in properties]

    assert len(named) >= 4
    assert [name for name in named if "posting_title_zh" not in naming[name]] == []


def test_a_candidate_reads_both_titles_of_what_they_applied_to_and_ranked() -> None:
    person = an_account()
    posting = a_posting(an_organisation(), title="Search algorithms", title_zh="搜索算法")
    candidate = a_candidate(posting.organisation, account=person)
    an_application(posting, candidate, preference=1)
    season = f"organisation={posting.organisation.slug}&campaign={posting.campaign.slug}"
    client = a_client(person)

    applied: Any = client.get("/api/v1/me/applications/").json()["results"]
    ranked: Any = client.get(f"/api/v1/me/preferences/?{season}").json()

    assert [(row["posting_title"], row["posting_title_zh"]) for row in [*applied, *ranked]] == [
        ("Search algorithms", "搜索算法")
    ] * 2
