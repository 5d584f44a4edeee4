"""The locations of a batch: found under either name, made where they are new, linked in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q

from ats.models import Location, Organisation, Posting
from ats.postings.importing.drafts import Draft

Link = Posting.locations.through


def places_for(organisation: Organisation, drafts: Iterable[Draft]) -> dict[str, Location]:
    """Every place that the drafts name, by that name; at most two statements."""
    names = {name for draft in drafts for name in draft.row.locations}
    places = known_places(organisation, names)
    new = [Location(organisation=organisation, name=name) for name in sorted(names - set(places))]
    return places | {place.name: place for place in Location.objects.bulk_create(new)}


def known_places(organisation: Organisation, names: set[str]) -> dict[str, Location]:
    found = list(Location.objects.for_org(organisation).filter(Q(name__in=names) | Q(name_zh__in=names)))
    in_chinese = {place.name_zh: place for place in found if place.name_zh in names}
    return in_chinese | {place.name: place for place in found if place.name in names}


def link(drafts: Mapping[Posting, Draft], places: Mapping[str, Location], *, anew: bool = False) -> None:
    """Ties postings to their places; `anew`: instead of those that they are tied to."""
    if anew:
        Link.objects.filter(posting__in=drafts).delete()
    Link.objects.bulk_create(
        Link(posting_id=posting.pk, location_id=pk)
        for posting, draft in drafts.items()
        for pk in {places[name].pk for name in draft.row.locations}
    )
