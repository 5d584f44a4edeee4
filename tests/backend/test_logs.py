"""The log: one JSON object a line, without the data of people."""

import json
import logging
import re
import sys

import pytest
from django.test import Client

from backend.logs import JsonLines
from backend.requests import request_id
from tests.factories import a_client, a_posting, an_account, an_organisation

DETAIL = "duplicate key value\nDETAIL:  Key (email)=(ann@example.org) already exists."


def logged(message: str, error: ValueError | None = None) -> dict[str, str]:
    try:
        if error:
            raise error
        info = None
    except ValueError:
        info = sys.exc_info()
    record = logging.LogRecord("ats", logging.ERROR, "file.py", 1, message, (), info)
    line: dict[str, str] = json.loads(JsonLines().format(record))
    return line


def test_a_line_says_when_where_and_what() -> None:
    line = logged("two\nlines")
    assert line.pop("time").endswith("+00:00")
    assert line == {"level": "error", "logger": "ats", "message": "two\nlines"}


def test_an_error_is_told_with_its_place_and_without_the_row_it_quotes() -> None:
    told = logged("failed", ValueError(DETAIL))["error"]
    assert told.startswith("ValueError: duplicate key value (")
    assert f"{__file__}:" in told
    assert "ann@example.org" not in told


@pytest.mark.django_db
def test_a_request_leaves_one_line_that_names_no_person(caplog: pytest.LogCaptureFixture) -> None:
    posting = a_posting(an_organisation())
    account = an_account(email="ann@example.org")
    client = a_client(account)
    caplog.set_level(logging.INFO, "backend.requests")

    answer = client.get(
        f"/api/v1/me/applications/{posting.pk}/?x=ann@example.org", headers={"X-Request-Id": "a-1"}
    )

    [line] = [
        json.loads(JsonLines().format(record)) for record in caplog.records if hasattr(record, "fields")
    ]
    assert line.pop("time")
    assert line.pop("ms") >= 0
    assert line == {
        "level": "info",
        "logger": "backend.requests",
        "message": "request",
        "method": "GET",
        "path": "api/v1/me/applications/(?P<pk>[0-9]{1,18})/$",
        "status": 400,
        "actor": account.pk,
    }
    assert answer.headers["X-Request-Id"] == "a-1"


@pytest.mark.parametrize("given", ["", "a b", "x" * 129, "é", "a\tb"])
def test_an_id_that_cannot_be_used_is_replaced(given: str) -> None:
    answer = Client().get("/livez", headers={"X-Request-Id": given})

    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-Id"])


def test_what_is_logged_meanwhile_bears_the_id() -> None:
    token = request_id.set("a-1")
    line = logged("meanwhile")
    request_id.reset(token)

    assert line["request_id"] == "a-1"
