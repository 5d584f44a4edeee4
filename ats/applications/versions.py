"""What an application said before it was changed by its candidate."""

from __future__ import annotations

from ats.models import Application, ApplicationVersion

VERSIONED = ("preference", "resume_id", "question_set_id", "answers")


def keep_version(application: Application) -> ApplicationVersion:
    """Keep what a locked application says now."""
    return ApplicationVersion.objects.create(
        organisation_id=application.organisation_id,
        application=application,
        **{name: getattr(application, name) for name in VERSIONED},
    )
