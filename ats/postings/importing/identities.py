"""Which stored posting a row is, where its feed gives no id.

Such a row is named by its address, else by employer, title and programme. Where several jobs of a
file have one name, their whole text tells them apart; so the order of the file does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from hashlib import sha256

from ats.common.tables.text import fold
from ats.postings.importing.drafts import Draft
from ats.postings.importing.duplicates import portals_in
from ats.postings.importing.rows import PostingRow

Name = tuple[str, str, str]
MOST_BYTES = 1000  # of an id: an index takes about 2,700


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of a posting, as far as it tells which row it is."""

    digest: str
    name: Name
    state: str = ""


def name_of(employer: str, title: str, programme: str) -> Name:
    return fold(employer), fold(title), fold(programme)


def identify(drafts: Iterable[Draft], *, known: Mapping[str, Known]) -> list[Draft]:
    """The drafts, in order, each with an id; `known` are the stored postings of the feed by id.

    1. A row with an id of its feed keeps it.
    2. A row with an address is named by it.
    3. The others are named by employer, title and programme, and matched within that name.
    """
    drafts = list(drafts)
    portals = portals_in([draft.row for draft in drafts])
    ids = {n: draft.external_id or address(draft.row, portals) for n, draft in enumerate(drafts)}
    claimed = {each for each in ids.values() if each}
    free = defaultdict[Name, list[str]](list)
    for external_id, posting in known.items():
        if external_id not in claimed:
            free[posting.name].append(external_id)
    groups = defaultdict[Name, dict[int, Draft]](dict)
    for n, draft in enumerate(drafts):
        if not ids[n]:
            groups[row_name(draft.row)][n] = draft
    for name, group in groups.items():
        ids |= matched(name, group, free[name], known)
    return [with_id(draft, ids[n]) for n, draft in enumerate(drafts)]


def matched(
    name: Name, group: Mapping[int, Draft], free: Collection[str], known: Mapping[str, Known]
) -> dict[int, str]:
    """An id for each draft of a group of one name.

    1. A draft whose text gives a stored id is that posting.
    2. A draft that says exactly what a stored posting says is that one.
    3. When one draft and one stored posting are left, the posting was edited.
    4. Any other draft is new; the only one of its name is named by it, others also by their text.
    """
    rest, left, ids = dict(group), list(free), dict[int, str]()
    for same in (
        lambda n, each: each == text_id(name, group[n].row),
        lambda n, each: known[each].digest == group[n].digest,
    ):
        for n in list(rest):
            if each := next((each for each in left if same(n, each)), None):
                ids[n] = each
                left.remove(each)
                del rest[n]
    if len(rest) == len(left) == 1:
        return ids | {next(iter(rest)): left[0]}
    for n, draft in rest.items():
        plain = plain_id(name)
        ids[n] = plain if len(group) == 1 and plain not in known else text_id(name, draft.row)
    return ids


def address(row: PostingRow, portals: Set[str]) -> str:
    """The address of this job, "" where it stands for many."""
    return "" if row.url in portals else row.url


def row_name(row: PostingRow) -> Name:
    return name_of(row.employer, row.title, row.programme)


def plain_id(name: Name) -> str:
    text = " / ".join(part for part in name if part)
    return text if len(text.encode()) <= MOST_BYTES else f"{text[:200]}… #{hashed(text)}"


def text_id(name: Name, row: PostingRow) -> str:
    """Eight hex digits over what tells jobs of one name apart."""
    said = (*sorted(row.locations), row.category, row.description, row.requirements)
    return f"{plain_id(name)} #{hashed(repr(said))}"


def hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]


def with_id(draft: Draft, external_id: str) -> Draft:
    if draft.external_id == external_id:
        return draft
    return replace(draft, row=replace(draft.row, external_id=external_id))
