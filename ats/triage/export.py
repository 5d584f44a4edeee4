"""The triage list as a table that spreadsheets open: CSV, read batch by batch, however long it is."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.translation import gettext_noop

from ats.common.names import named
from ats.common.spreadsheets import escape_cell
from ats.models import Degree, Membership, Organisation, Stage, Tag

BATCH = 1000
BYTE_ORDER_MARK = "\ufeff"  # shows Excel that this is UTF-8

Row = dict[str, Any]  # as `ats.triage.rows` gives it


class Names(NamedTuple):
    """What the team calls the things that a row has by id, in a language."""

    language: str
    stages: dict[int, str]
    tags: dict[int, str]
    members: dict[int, str]

    @classmethod
    def of(cls, organisation: Organisation, language: str) -> Names:
        stages = Stage.objects.for_org(organisation)
        members = Membership.objects.for_org(organisation).select_related("account")
        return cls(
            language,
            {stage.pk: named(language, stage.name, stage.name_zh) for stage in stages},
            dict(Tag.objects.for_org(organisation).values_list("pk", "name")),
            {member.pk: member.account.name or member.account.email for member in members},
        )


def _posting(row: Row, names: Names) -> str:
    return named(names.language, row["posting"]["title"], row["posting"]["title_zh"])


def _degree(row: Row, _names: Names) -> str:
    degree = row["candidate"]["degree"]
    return Degree(degree).name.lower() if degree else ""


def _tags(row: Row, names: Names) -> str:
    return ", ".join(names.tags.get(tag, "") for tag in row["tags"])


COLUMNS: dict[str, Callable[[Row, Names], Any]] = {
    gettext_noop("Application"): lambda row, _: row["id"],
    gettext_noop("Name"): lambda row, _: row["candidate"]["name"],
    gettext_noop("E-mail"): lambda row, _: row["candidate"]["email"],
    gettext_noop("Phone"): lambda row, _: row["candidate"]["phone"],
    gettext_noop("School"): lambda row, _: row["candidate"]["institution_name"],
    gettext_noop("Degree"): _degree,
    gettext_noop("Graduation"): lambda row, _: row["graduation"],
    gettext_noop("Posting"): _posting,
    gettext_noop("Track"): lambda row, _: row["track"],
    gettext_noop("Stage"): lambda row, names: names.stages.get(row["stage"]),
    gettext_noop("State"): lambda row, _: row["state"],
    gettext_noop("Preference"): lambda row, _: row["preference"],
    gettext_noop("Source"): lambda row, _: row["source"],
    gettext_noop("Score"): lambda row, _: row["score"],
    gettext_noop("Verdict"): lambda row, _: row["verdict"],
    gettext_noop("Tags"): _tags,
    gettext_noop("Recruiter"): lambda row, names: names.members.get(row["member"]),
    gettext_noop("Applied at"): lambda row, _: row["created_at"].isoformat(),
    gettext_noop("In this stage since"): lambda row, _: row["stage_entered_at"].isoformat(),
}


def csv_lines(batches: Iterable[Sequence[Row]], names: Names) -> Iterator[str]:
    """The table, line by line: a header in the language of the names, and a line for each row."""
    write = csv.writer(_Line()).writerow
    with translation.override(names.language):
        header = [translation.gettext(title) for title in COLUMNS]
    yield BYTE_ORDER_MARK + str(write(header))
    for batch in batches:
        for row in batch:
            yield str(write([_cell(of(row, names)) for of in COLUMNS.values()]))


def in_batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[at : at + BATCH] for at in range(0, len(ids), BATCH))


def _cell(value: Any) -> Any:
    return escape_cell(value) if isinstance(value, str) else value


class _Line:
    """A file for csv.writer, whose `writerow` then returns the line."""

    def write(self, line: str) -> str:
        return line
