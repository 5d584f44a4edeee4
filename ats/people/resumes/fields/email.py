from __future__ import annotations

import re

ADDRESS = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w-])", re.ASCII
)


def email(lines: list[str]) -> str:
    """The first e-mail address, in lower case; "" when there is none."""
    found = (ADDRESS.search(line) for line in lines)
    return next((match[0].lower() for match in found if match), "")
