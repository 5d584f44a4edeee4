"""Who works with the list."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from ats.models import Organisation
from tests.factories import a_client, a_member, an_organisation


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def recruiter(organisation: Organisation) -> APIClient:
    return a_client(a_member(organisation).account)
