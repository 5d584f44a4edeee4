"""Taking over into one's profile what a résumé proposes: only what is named, only on request."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ats.common.errors import Conflict
from ats.models import Account, Resume
from ats.people.candidates import set_profile

# Where each field stands in a JSON Resume. The address is missing: only a code proves that.
FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("basics", "name"),
    "phone": ("basics", "phone"),
    "education": ("education",),
}


@transaction.atomic
def accept(*, by: Account, resume: Resume, fields: Collection[str]) -> dict[str, Any]:
    """Copy `fields` (of FIELDS) of the proposal over those of the profile; the new profile.

    Raises Conflict("not_proposed") for a field that the résumé says nothing about.
    """
    account = Account.objects.select_for_update(no_key=True).get(pk=by.pk)
    document: dict[str, Any] = account.profile
    for field in fields:
        value = _at(resume.proposed, FIELDS[field])
        if not value:
            sentence = _("This résumé proposes nothing for %(field)s.") % {"field": field}
            raise Conflict("not_proposed", sentence, field="fields")
        _put(document, FIELDS[field], value)
    set_profile(by=account, document=document)
    return document


def _at(document: dict[str, Any], path: tuple[str, ...]) -> Any:
    for step in path:
        document = document.get(step, {})
    return document


def _put(document: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for step in path[:-1]:
        document = document.setdefault(step, {})
    document[path[-1]] = value
