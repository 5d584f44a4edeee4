"""Sending a stored file."""

from __future__ import annotations

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes

from ats.common.errors import NotFound
from ats.models import Resume, ResumeState
from ats.people.resumes.kinds import MEDIA_TYPES, Kind
from ats.people.resumes.outcomes import OUTCOMES

# What `resume_file` answers with, for the OpenAPI document.
FILES = {
    (200, media_type.partition(";")[0]): OpenApiTypes.OBJECT if kind == Kind.JSON else OpenApiTypes.BINARY
    for kind, media_type in MEDIA_TYPES.items()
}


def resume_file(resume: Resume) -> FileResponse:
    """A résumé as it was sent, to be saved. Raises NotFound("file_not_kept") for a refused one."""
    if resume.state == ResumeState.REFUSED:
        raise NotFound("file_not_kept", str(OUTCOMES[resume.code][1]))
    return FileResponse(
        resume.file.open("rb"),
        as_attachment=True,
        filename=resume.name,
        content_type=MEDIA_TYPES[Kind(resume.kind)],
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"},
    )
