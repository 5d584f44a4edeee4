from __future__ import annotations


def named(language: str, name: str, name_zh: str) -> str:
    """The name to show in a language: the Chinese one where it is wanted and there is one."""
    return name_zh if name_zh and language == "zh-hans" else name
