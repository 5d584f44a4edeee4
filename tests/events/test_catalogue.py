"""The catalogue is whole, and the page made from it is up to date."""

from __future__ import annotations

import pytest
from django.db import transaction
from jsonschema import Draft202012Validator

from api.core.webhook_docs import add_webhooks
from ats.delivery.channels.webhook.sender import payload
from ats.events.catalogue import as_markdown, schema
from ats.events.record import record_events
from ats.models import Event, EventType
from ats.models.event_catalogue import CATALOGUE
from tests.factories import a_client, a_posting, an_application, an_organisation
from tests.processes import ROOT


def test_every_type_has_a_schema() -> None:
    assert set(CATALOGUE) == set(EventType)
    for kind in EventType:
        Draft202012Validator.check_schema(schema(kind))


def test_the_page_is_what_the_code_says() -> None:
    assert (ROOT / "docs" / "events.md").read_text("utf-8") == as_markdown()


@pytest.mark.django_db
def test_anybody_may_read_the_catalogue() -> None:
    rows = a_client().get("/api/v1/event-types/").json()

    assert [row["type"] for row in rows] == [kind.value for kind in CATALOGUE]
    assert rows[0] == {
        "type": "application.submitted",
        "meaning": "A candidate applied.",
        "schema": schema(EventType.APPLICATION_SUBMITTED),
    }
    assert schema(EventType.APPLICATION_SUBMITTED)["required"] == ["stage", "track"]


@pytest.mark.django_db
def test_the_api_document_tells_what_endpoints_are_told() -> None:
    document = add_webhooks({"openapi": "3.1.1"}, None, None, True)
    told = document["webhooks"]["application.submitted"]["post"]["requestBody"]["content"]["application/json"]
    row = an_application(a_posting(an_organisation()))
    data = {"stage": row.stage_id, "track": "any"}
    event = Event(organisation=row.organisation, type="application.submitted", application=row, data=data)
    with transaction.atomic():
        [written] = record_events([event])
    written.refresh_from_db()

    Draft202012Validator(told["schema"]).validate(payload(written))

    assert list(document["webhooks"]) == [kind.value for kind in CATALOGUE]
