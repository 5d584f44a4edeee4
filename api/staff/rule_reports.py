"""What the routes of rules answer besides the rules themselves, and what they take for it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.core.filters import LARGEST_ID
from api.core.rule_docs import TreeField
from api.core.serializers import OwnedField, StrictSerializer
from api.core.verdicts import BothLanguages
from ats.models import Outcome, Posting


class WholeWindow(serializers.Serializer[Any]):
    def get_fields(self) -> dict[str, Any]:
        return {name: serializers.CharField(required=False) for name in ("from", "to")}


class CutMonthRow(serializers.Serializer[Any]):
    """A month of which a window covers a part: who is known to graduate in it must still give the day."""

    month = serializers.CharField(help_text="Such as 2027-10.")
    candidates = serializers.IntegerField(help_text="Whose graduation is known to this month alone.")
    instead = WholeWindow(help_text="The window with the whole of the month.")


class ChangeRow(serializers.Serializer[Any]):
    before = serializers.ChoiceField(choices=Outcome.choices)
    after = serializers.ChoiceField(choices=Outcome.choices)
    count = serializers.IntegerField()
    examples = serializers.ListField(child=serializers.IntegerField(), help_text="The lowest ids.")


class PreviewReport(serializers.Serializer[Any]):
    """How many go from which outcome to which, were the rules saved now.

    A candidate's outcome is the best among the postings concerned, an application's that of its posting.
    """

    postings = serializers.IntegerField(help_text="How many postings the rules are for.")
    candidates = ChangeRow(many=True)
    applications = ChangeRow(many=True)
    cut_months = CutMonthRow(many=True)


class RejudgedRow(serializers.Serializer[Any]):
    application = serializers.IntegerField()
    before = serializers.CharField(help_text="Empty when it had not been judged.")
    after = serializers.ChoiceField(choices=Outcome.choices)


class RejudgePosition(StrictSerializer):
    """Where the last call ended: send it back as it came."""

    posting = serializers.IntegerField(min_value=0, max_value=LARGEST_ID)
    application = serializers.IntegerField(min_value=0, max_value=LARGEST_ID)


class Rejudge(StrictSerializer):
    after = RejudgePosition(
        required=False, help_text="The `next` of the last call; left out, from the start."
    )


class RejudgeReport(serializers.Serializer[Any]):
    """What one call did, of 5,000 applications at most."""

    judged = serializers.IntegerField()
    changed = RejudgedRow(many=True)
    next = RejudgePosition(allow_null=True, help_text="Send it as `after`; null when all are judged.")


class CountRow(serializers.Serializer[Any]):
    posting = serializers.IntegerField()
    eligible = serializers.IntegerField()
    not_eligible = serializers.IntegerField()
    unknown = serializers.IntegerField()


class CountReport(serializers.Serializer[Any]):
    results = CountRow(many=True)


class ProposalRow(serializers.Serializer[Any]):
    """A graduation window that the text of a posting names, as rules to accept."""

    posting = serializers.IntegerField(source="posting.pk")
    title = serializers.CharField(source="posting.title")
    text = serializers.CharField(help_text="What the posting says of graduation.")
    tree = TreeField()
    sentence = BothLanguages()


class ProposalReport(serializers.Serializer[Any]):
    results = ProposalRow(many=True)


class ProposalAcceptance(StrictSerializer):
    postings = serializers.ListField(
        child=OwnedField(queryset=Posting.objects.all()), min_length=1, max_length=500
    )
