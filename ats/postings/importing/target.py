"""Where postings go, and what is there already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ats.common.errors import Conflict
from ats.models import UNCLASSIFIED, Campaign, Membership, Organisation, Pipeline, Posting, Track
from ats.postings.importing.identities import Known, name_of


@dataclass(frozen=True, slots=True)
class Target:
    """A feed in a campaign: what it lists is told apart within these. `tracks` are ids by code; `job`
    is the stored job that imports, if one does."""

    organisation: Organisation
    campaign: Campaign
    pipeline: Pipeline
    tracks: Mapping[str, int]
    feed: str
    by: Membership | None
    job: int | None = None


def target(*, campaign: Campaign, feed: str, by: Membership | None, job: int | None = None) -> Target:
    """Raises Conflict where the organisation has no default pipeline or no track for the rest."""
    organisation = campaign.organisation
    pipeline = Pipeline.objects.for_org(organisation).filter(is_default=True).first()
    tracks = dict(Track.objects.for_org(organisation).values_list("code", "id"))
    if pipeline is None:
        raise Conflict("no_pipeline", f"{organisation.slug} has no default pipeline.")
    if UNCLASSIFIED not in tracks:
        raise Conflict("no_track", f"{organisation.slug} has no track {UNCLASSIFIED!r}.")
    return Target(organisation, campaign, pipeline, tracks, feed, by, job)


def known_postings(target: Target) -> dict[str, Known]:
    """What the feed has brought into the campaign already, by id. One statement, no lock."""
    rows = Posting.objects.for_org(target.organisation).filter(campaign=target.campaign, feed=target.feed)
    columns = ("external_id", "digest", "employer", "title", "programme", "state")
    return {
        external_id: Known(digest, name_of(employer, title, programme), state)
        for external_id, digest, employer, title, programme, state in rows.values_list(*columns).iterator()
    }
