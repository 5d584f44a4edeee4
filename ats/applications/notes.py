"""Notes on applications. A note is its author's: nobody else rewrites it, an owner may delete it."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.common.errors import Forbidden
from ats.events.record import application_event, record_events
from ats.models import Application, EventType, Membership, Note, Role


@transaction.atomic
def add_note(*, by: Membership, application: Application, text: str) -> Note:
    """Write a note down."""
    note = Note.objects.create(organisation=by.organisation, application=application, author=by, text=text)
    note.refresh_from_db(fields=["created_at", "updated_at"])
    record_events([application_event(application, EventType.NOTE_ADDED, by=by, note=note.pk)])
    return note


@transaction.atomic
def change_note(*, by: Membership, note: Note, text: str) -> Note:
    """Rewrite one's note. Raises Forbidden("note_not_yours")."""
    if note.author_id != by.pk:
        raise Forbidden("note_not_yours", _("Only its author rewrites a note."))
    note.text = text
    note.updated_at = Now()
    note.save(update_fields=["text", "updated_at"])
    note.refresh_from_db(fields=["updated_at"])
    record_events([application_event(note.application, EventType.NOTE_CHANGED, by=by, note=note.pk)])
    return note


@transaction.atomic
def remove_note(*, by: Membership, note: Note) -> None:
    """Delete one's note, or as an owner anyone's. Raises Forbidden("note_not_yours")."""
    if note.author_id != by.pk and by.role != Role.OWNER:
        raise Forbidden("note_not_yours", _("Only its author or an owner deletes a note."))
    record_events([application_event(note.application, EventType.NOTE_REMOVED, by=by, note=note.pk)])
    note.delete()
