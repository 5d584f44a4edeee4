"""An organisation's own words: checked when they are saved, and shown before they are used."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ats.delivery.facts import SAMPLES
from ats.delivery.mails import Part, preview
from ats.delivery.templating import mistakes
from ats.delivery.wording import Wording
from ats.errors import Invalid


def check(words: Wording) -> None:
    """Raises Invalid("template_wrong") that names the field and what is wrong in it."""
    for field, text in words._asdict().items():
        if wrong := mistakes(text, known=SAMPLES):
            sentence = _("These are no variables of a template: %(names)s.")
            raise Invalid("template_wrong", sentence % {"names": ", ".join(wrong)}, field=field)


def show(words: Wording) -> Part:
    """What the words make of an invented candidate. Raises Invalid."""
    check(words)
    return preview(words, SAMPLES)
