"""The list of long tests names tests that there are: a renamed one would run with the short ones."""

from __future__ import annotations

import pytest

from tests.conftest import LONG
from tests.processes import ROOT


@pytest.mark.parametrize("name", LONG)
def test_every_long_test_is_there(name: str) -> None:
    path, _, function = name.partition("::")

    found = ROOT / "tests" / path
    assert found.exists()
    assert not function or f"def {function}" in found.read_text()
