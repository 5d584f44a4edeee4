"""Every operation of the OpenAPI document, tried with what fits it and with what does not.

No answer is a server error, and each is one that the document declares. `CONTRACT_EXAMPLES=500`
tries for longer than the suite does, and every value at the edges of the schema.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, settings
from requests.structures import CaseInsensitiveDict
from schemathesis.checks import not_a_server_error
from schemathesis.generation.case import Case
from schemathesis.generation.meta import TestPhase
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.core import tenancy
from ats.people.access_tokens import issue_token
from tests.routes.world import World

EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES", "6"))
STRIDE = 1 if "CONTRACT_EXAMPLES" in os.environ else 3
PLAIN = {"Accept-Encoding": "identity"}  # schemathesis does not unpack what a WSGI site compresses
CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# The members of bodies and queries that hold an id, and of which row of the world.
IDS = {
    "campaign": "campaigns",
    "track": "tracks",
    "department": "departments",
    "pipeline": "pipelines",
    "posting": "postings",
    "candidate": "candidates",
    "application": "applications",
    "stage": "stages",
    "to_stage": "stages",
}

pytestmark = pytest.mark.django_db

schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", get_wsgi_application())


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Requests share this test's connection and transaction, as they do with Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def turns() -> Iterator[int]:
    """Numbers the examples of one operation."""
    return count()


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_declared(case: Case[Any], world: World, turns: Iterator[int]) -> None:
    visitor = "candidate" if case.path.startswith(("/api/v1/me/", "/api/v1/tokens/")) else "owner"
    _token, secret = issue_token(account=world.accounts[visitor])
    turn = next(turns)
    if is_passed_over(case, turn):
        return
    if turn % 2 == 0:
        turn_to_rows_of(world, case)
    with transaction.atomic():
        case.call_and_validate(headers=PLAIN | {"Authorization": f"Bearer {secret}"}, checks=CHECKS)
        transaction.set_rollback(True)


def is_passed_over(case: Case[Any], turn: int) -> bool:
    """Of the values at the edges of the schema, hundreds for some operations, every third will do."""
    return case.meta is not None and case.meta.phase.name == TestPhase.COVERAGE and turn % STRIDE > 0


def turn_to_rows_of(world: World, case: Case[Any]) -> None:
    """Makes the request one about rows that are there."""
    if case.path_parameters:
        listed = case.path.partition("/{")[0].rpartition("/")[2]
        row = "extended" if case.path.startswith("/api/v1/me/offers/") else listed
        case.path_parameters = dict.fromkeys(case.path_parameters, world.ids[row])
    case.headers = CaseInsensitiveDict({k: v for k, v in case.headers.items() if k != tenancy.HEADER})
    if isinstance(case.body, dict):
        case.body = case.body | {name: world.ids[row] for name, row in IDS.items() if name in case.body}
