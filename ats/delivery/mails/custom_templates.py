"""The words that an organisation writes: checked when they are saved, and shown before they are used."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ats.common.errors import Invalid
from ats.delivery.mails.composing import Part, preview
from ats.delivery.mails.templating import mistakes
from ats.delivery.mails.variables import SAMPLES
from ats.delivery.mails.wording import Wording


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
