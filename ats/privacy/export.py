from __future__ import annotations

from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from ats.models import Account, Resume, ResumeState
from ats.models.candidate_scope import visible_to_candidate
from ats.privacy.personal_data import PERSONAL_DATA, PersonalData
from ats.privacy.subjects import Subjects


def export(*, by: Account) -> dict[str, list[dict[str, Any]]]:
    """Everything that is stored about a person, by kind of record, as plain values."""
    who = Subjects.of_account(by)
    return {data.name: _values(data, who) for data in PERSONAL_DATA if data.export}


def _values(data: PersonalData, who: Subjects) -> list[dict[str, Any]]:
    """What the person may see of the rows; a column such as `visible_state` is called `state`."""
    rows = visible_to_candidate(data.rows(who)).order_by("pk").values(*data.export.split())
    return [{name.removeprefix("visible_"): value for name, value in row.items()} for row in rows]


def export_archive(*, by: Account, document: bytes) -> IO[bytes]:
    """A zip of `document` as `export.json` and every file of the person as `resumes/<id> <name>`.

    `document` is what `export` gives, as JSON. The archive is open for reading.
    """
    archive = TemporaryFile()  # noqa: SIM115  (the caller closes it, which removes it)
    with ZipFile(archive, "w", ZIP_DEFLATED) as packed:
        packed.writestr("export.json", document)
        for resume in Resume.objects.filter(account=by).exclude(state=ResumeState.REFUSED):
            with resume.file.open("rb") as file:
                packed.writestr(f"resumes/{resume.pk} {resume.name}", file.read())
    archive.seek(0)
    return archive
