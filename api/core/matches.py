"""What many postings say to one person, as the check of a campaign and one's list show it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.core.verdicts import RuleVerdict
from ats.eligibility.verdicts.matching import MatchReport
from ats.models import Posting

MOST_LISTED = 200


class MatchedPosting(serializers.ModelSerializer[Posting]):
    class Meta:
        model = Posting
        fields = ("id", "title", "title_zh")
        read_only_fields = fields


class NearlyPosting(MatchedPosting):
    rules = RuleVerdict(many=True, help_text="Of the one requirement that fails or is unknown.")

    class Meta(MatchedPosting.Meta):
        fields = (*MatchedPosting.Meta.fields, "rules")  # type: ignore[assignment]
        read_only_fields = fields  # type: ignore[assignment]


class Matches(serializers.Serializer[Any]):
    """What open postings have for somebody. The lists contain the newest postings, 200 at most each."""

    accepting_count = serializers.IntegerField(help_text="Postings that accept the person.")
    nearly_count = serializers.IntegerField(help_text="Postings that but one requirement keeps closed.")
    others_count = serializers.IntegerField(help_text="Postings that more than one keeps closed.")
    accepting = MatchedPosting(many=True)
    nearly = NearlyPosting(many=True)


def matches_document(found: MatchReport) -> dict[str, Any]:
    accepting, nearly = found.accepting[:MOST_LISTED], found.nearly[:MOST_LISTED]
    shown = Posting.objects.in_bulk([*accepting, *(pk for pk, _rules in nearly)])
    return {
        "accepting_count": len(found.accepting),
        "nearly_count": len(found.nearly),
        "others_count": found.others,
        "accepting": [MatchedPosting(shown[pk]).data for pk in accepting if pk in shown],
        "nearly": [{**MatchedPosting(shown[pk]).data, "rules": rules} for pk, rules in nearly if pk in shown],
    }
