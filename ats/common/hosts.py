from __future__ import annotations

import re

HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*://)?(?:[^/@\s]*@)?([^/:?#\s]+\.[^/:?#\s]+)", re.IGNORECASE)


def hosts_in(text: str) -> list[str]:
    """The host of an address and the domains above it, the longest first; none for other text.

    "https://www.cs.example.edu.cn/x" gives www.cs.example.edu.cn, cs.example.edu.cn, example.edu.cn
    and edu.cn.
    """
    found = HOST.match(text.strip())
    labels = found[1].lower().strip(".").split(".") if found else []
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]
