"""The locations of a batch: one for each city, found under any of its names, linked in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ats.common.bulk import insert_rows
from ats.models import Location, Organisation, Posting
from ats.postings.importing.cities import city_named, usual_name
from ats.postings.importing.drafts import Draft

Link = Posting.locations.through


def locations_for(organisation: Organisation, drafts: Iterable[Draft]) -> dict[str, int]:
    """The id of each location that the drafts name, by that name; at most three statements.

    Two imports may make one location at the same time: the second takes that of the first.
    """
    names = {name for draft in drafts for name in draft.row.locations}
    found = known_locations(organisation) if names else {}
    missing = sorted(names - set(found))
    if not missing:
        return found
    Location.objects.bulk_create(
        (new_location(organisation, name) for name in missing), ignore_conflicts=True
    )
    return known_locations(organisation)


def known_locations(organisation: Organisation) -> dict[str, int]:
    """Ids by what the organisation calls its locations, and by the usual names of their cities."""
    rows = list(Location.objects.for_org(organisation).order_by("-id").values_list("id", "name", "name_zh"))
    names = dict[str, int]()
    for usual in (True, False):  # what the organisation itself says comes last and wins
        for pk, name, name_zh in rows:
            names |= {(usual_name(each) if usual else each): pk for each in (name_zh, name) if each}
    return names


def new_location(organisation: Organisation, name: str) -> Location:
    city = city_named(name)
    return Location(organisation=organisation, name=name, name_zh=city.name_zh, country=city.country)


def link(locations: Mapping[str, int], drafts: Mapping[int, Draft], *, anew: bool = False) -> None:
    """Link postings, by id, to their locations; `anew`: instead of those that they have."""
    if anew and drafts:
        Link.objects.filter(posting__in=drafts).delete()
    insert_rows(
        Link,
        [
            {"posting_id": pk, "location_id": location}
            for pk, draft in drafts.items()
            for location in sorted({locations[name] for name in draft.row.locations})
        ],
    )


def is_relocated(posting: Posting, draft: Draft) -> bool:
    has = {usual_name(each.name) or each.name for each in posting.locations.all()}
    also = {each.name_zh for each in posting.locations.all()}
    wanted = set(draft.row.locations)
    return len(has) != len(wanted) or not wanted <= has | also
