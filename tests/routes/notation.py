"""How a route is declared: one row says what each kind of visitor is answered.

    staff("PATCH tracks/<pk>/", {"name": "Tools"}, recruiter=200)

The keyword names a visitor or a group of them; what is said later in a row wins. `<pk>` in a path is
the id of the world's row that the segment before it names, `<pk=drafts>` of the one named drafts, and
`"<tracks>"` in a body, or `<tracks>` in a query, the id of the row named tracks. A body of bytes is a
file that is sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

MEMBERS = ("viewer", "interviewer", "recruiter", "owner")  # by rank
CANDIDATES = ("candidate", "another")
ACCOUNTS = (*MEMBERS, "stranger", *CANDIDATES)
VISITORS = (*ACCOUNTS, "nobody")
GROUPS = {"members": MEMBERS, "candidates": CANDIDATES, "accounts": ACCOUNTS, "everybody": VISITORS}


Body = dict[str, Any] | bytes | None


def path_of(line: str) -> str:
    """A declared path as the site has it."""
    return re.sub("=[^>]+", "", line.partition("?")[0])


@dataclass(frozen=True)
class Route:
    """A method and a path with the status that each visitor gets for a valid request.

    `candidate` is the one whom the world's rows are about; `stranger` owns another organisation.
    """

    method: str
    line: str  # the path and the query with what is filled in
    face: str
    answers: dict[str, int]
    body: Body = None

    @property
    def path(self) -> str:
        """As the site has it."""
        return path_of(self.line)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def _route(face: str, prefix: str, line: str, body: Body, answers: dict[str, int]) -> Route:
    method, _, path = line.partition(" ")
    told = {visitor: status for name, status in answers.items() for visitor in GROUPS.get(name, (name,))}
    assert set(told) == set(VISITORS), f"{line}: who is {set(told) ^ set(VISITORS)}?"
    return Route(method, prefix + path, face, told, body)


def site(line: str, **answers: int) -> Route:
    """Outside the API."""
    return _route("site", "/", line, None, answers)


def public(line: str, body: Body = None, **answers: int) -> Route:
    """For anybody."""
    return _route("public", "/api/v1/", line, body, answers)


def me(line: str, body: Body = None, **answers: int) -> Route:
    """For everybody with an account, about themselves: what is not one's own is a 404."""
    own = {"accounts": 404, "nobody": 401} if "<" in path_of(line) else {"nobody": 401}
    return _route("me", "/api/v1/", line, body, own | answers)


def staff(
    line: str,
    body: Body = None,
    *,
    stranger: int | None = None,
    but: dict[str, int] | None = None,
    **least: int,
) -> Route:
    """For members from a least role up: `recruiter=200`. Lower ones are refused, outsiders as well.

    The stranger acts as the owner of another organisation: a row's address is a 404 there, and a
    collection answers as here, unless `stranger` says otherwise. `but` names the members who are
    answered otherwise, because the row is somebody else's.
    """
    [(role, status)] = least.items()
    allowed = dict.fromkeys(MEMBERS[MEMBERS.index(role) :], status)
    outside = {"stranger": stranger or (404 if "<" in path_of(line) else status), "nobody": 401}
    refused = {"members": 403, "candidates": 403}
    return _route("staff", "/api/v1/", line, body, refused | outside | allowed | (but or {}))
