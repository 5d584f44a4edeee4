"""What the site really answers to, read from Django's URL resolver."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.admindocs.views import simplify_regex
from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
FORMS = {"unsubscribe"}  # the pages with a button, by name


def routes() -> dict[str, frozenset[str]]:
    """Every path, as "/api/v1/tracks/<pk>/", with the methods that it takes. HEAD goes with GET."""
    return {
        path: methods(pattern.callback) | ({"POST"} if pattern.name in FORMS else set())
        for path, pattern in _patterns(get_resolver(), "")
    }


def views() -> list[Any]:
    """What Django calls for each path."""
    return [pattern.callback for _path, pattern in _patterns(get_resolver(), "")]


def _patterns(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        path = prefix + _readable(str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, path)
        else:
            yield "/" + path, entry


def _readable(pattern: str) -> str:
    """A pattern without anchors, with each parameter as `<name>`."""
    return re.sub(r"<\w+:(\w+)>", r"<\1>", simplify_regex(pattern)).lstrip("/")


def methods(view: Any) -> frozenset[str]:
    """The methods of an API view, by its actions or its handlers; a page takes `GET`."""
    view_class = getattr(view, "cls", None)
    if view_class is None:
        return frozenset({"GET"})
    actions = getattr(view, "actions", None)
    handled = actions or {m for m in view_class.http_method_names if hasattr(view_class, m)}
    return frozenset(m for m in METHODS if m.lower() in handled and m.lower() in view_class.http_method_names)
