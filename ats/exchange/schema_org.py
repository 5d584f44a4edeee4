"""A posting as a schema.org JobPosting, which search engines read (schema.org/JobPosting, 2024)."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from ats.models import Location, Posting, PostingKind

EMPLOYMENT_TYPE = {
    PostingKind.INTERNSHIP.value: "INTERN",
    PostingKind.GRADUATE.value: "FULL_TIME",
}


def job_posting(posting: Posting, *, url: str) -> dict[str, Any]:
    """The JSON-LD document of an open posting whose page is at `url`; what is not known is left out."""
    document = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": posting.title,
        "description": posting.description or posting.title,
        "qualifications": posting.requirements,
        "datePosted": _posted_on(posting).isoformat(),
        "validThrough": posting.campaign.closes_at.isoformat(),
        "employmentType": EMPLOYMENT_TYPE.get(posting.kind, ""),
        "hiringOrganization": _organisation(posting),
        "jobLocation": [_place(location) for location in posting.locations.all()],
        "totalJobOpenings": posting.head_count,
        "identifier": {"@type": "PropertyValue", "name": "Intake", "value": str(posting.pk)},
        "directApply": True,
        "url": url,
    }
    return {key: value for key, value in document.items() if value not in ("", None, [])}


def _posted_on(posting: Posting) -> date:
    """The local day of the campaign: an evening in Shanghai is the day before by UTC."""
    return (
        (posting.published_at or posting.created_at).astimezone(ZoneInfo(posting.campaign.time_zone)).date()
    )


def _organisation(posting: Posting) -> dict[str, str]:
    return {"@type": "Organization", "name": posting.employer or posting.organisation.name}


def _place(location: Location) -> dict[str, Any]:
    address = {"@type": "PostalAddress", "addressLocality": location.name}
    if location.country:
        address["addressCountry"] = location.country
    return {"@type": "Place", "address": address}
