from __future__ import annotations

from functools import cache

from opencc import OpenCC


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """`text` with its traditional characters as simplified ones."""
    return text if text.isascii() else str(_converter().convert(text))
