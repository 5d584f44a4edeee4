"""The lists that ship with the product, as TOML in `fixtures/`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).resolve().parent.parent.parent / "fixtures"


@cache
def reference(name: str) -> dict[str, Any]:
    """The content of `fixtures/<name>.toml`; read once, not to be changed."""
    return tomllib.loads((FIXTURES / f"{name}.toml").read_text("utf-8"))
