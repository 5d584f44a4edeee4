"""What becomes of a file that is not read: by the code of its trouble, the state and a sentence."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ats.models import ResumeState

REFUSED, UNREADABLE = ResumeState.REFUSED, ResumeState.UNREADABLE

OUTCOMES = {
    "empty": (REFUSED, _("This file is empty.")),
    "too_large": (REFUSED, _("This file is larger than 5 MB.")),
    "type_unknown": (REFUSED, _("This is none of PDF, DOCX, ODT, RTF, DOC, JSON Resume and plain text.")),
    "mislabelled": (REFUSED, _("The file is not what its name says: save it again in the right format.")),
    "two_in_one": (REFUSED, _("This file is both a PDF and an archive: save it again as PDF.")),
    "doc_not_read_here": (REFUSED, _("Old Word files are not read here: save it as DOCX or PDF.")),
    "encrypted": (REFUSED, _("This file is locked by a password: send one without.")),
    "archive_bomb": (REFUSED, _("This file unpacks to far more than a résumé has.")),
    "archive_trap": (REFUSED, _("This file contains names that lead out of it.")),
    "xml_entities": (REFUSED, _("This file declares entities, which no résumé needs.")),
    "too_many_pages": (REFUSED, _("This file has more than 30 pages.")),
    "too_slow": (REFUSED, _("Reading this file takes too long.")),
    "too_heavy": (REFUSED, _("Reading this file takes too much memory.")),
    "reader_died": (REFUSED, _("This file brings its reader down.")),
    "damaged": (UNREADABLE, _("This file is damaged and cannot be read.")),
    "no_text": (
        UNREADABLE,
        _("This file contains no text, only pictures perhaps: fill in your profile yourself."),
    ),
    "letters_lost": (
        UNREADABLE,
        _("The fonts of this file do not say which letters they show: fill in your profile yourself."),
    ),
    "not_json_resume": (UNREADABLE, _("This JSON is not a JSON Resume.")),
}
