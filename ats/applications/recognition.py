"""People of a list who have no e-mail, found again among the candidates of an organisation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from ats.common.phones import normal_phone
from ats.common.tables.text import fold
from ats.models import Candidate, Education, Organisation

Key = tuple[str, ...]


def key_of(person: Mapping[str, Any]) -> Key:
    """By what a person without an e-mail is known: the phone with the name, else the name with all
    that the row says of the studies."""
    name = fold(person["name"])
    if phone := normal_phone(person.get("phone", "")):
        return ("phone", phone, name)
    studies = (person.get("institution", ""), str(person.get("degree") or ""), person.get("major", ""))
    return ("studies", name, *map(fold, studies), str(person.get("graduation") or ""))


def candidates_by_key(
    organisation: Organisation, people: Iterable[Mapping[str, Any]]
) -> dict[Key, Candidate]:
    """The records of those without an e-mail, by key; of several the oldest. Two statements at most,
    none when everybody has an e-mail. The records stay locked until the transaction ends."""
    listed = [person for person in people if not person.get("email")]
    if not listed:
        return {}
    phones = {normal_phone(person["phone"]) for person in listed if person.get("phone")}
    names = {person["name"] for person in listed if not normal_phone(person.get("phone", ""))}
    fits = Q(phone_key__in=phones - {""}) | Q(name__in=names, email="", phone_key="")
    found = Candidate.objects.for_org(organisation).filter(fits, erased_at=None).order_by("-pk")
    rows = list(found.select_for_update(of=("self",), no_key=True))
    latest = {
        education.candidate_id: education
        for education in Education.objects.filter(candidate__in=rows, is_latest=True)
    }
    return {key_of(_person(row, latest.get(row.pk))): row for row in rows}


def _person(candidate: Candidate, education: Education | None) -> dict[str, Any]:
    """A stored person as a list would state them."""
    studies = (
        {}
        if education is None
        else {
            "institution": education.institution_name,
            "degree": education.degree,
            "major": education.major,
            "graduation": education.graduation,
        }
    )
    return {"name": candidate.name, "phone": candidate.phone, **studies}
