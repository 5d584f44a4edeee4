"""The shape of a verdict, wherever it is shown."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from ats.eligibility.kinds import KINDS
from ats.eligibility.verdicts.document import OUTCOMES
from ats.models import Outcome

RULE_OUTCOMES = [(name, name) for name in OUTCOMES.values()]


class BothLanguages(serializers.Serializer[Any]):
    en = serializers.CharField()
    zh = serializers.CharField()


class OtherCampaign(serializers.Serializer[Any]):
    campaign = serializers.SlugField()
    name = serializers.CharField()
    name_zh = serializers.CharField()


class RuleVerdict(serializers.Serializer[Any]):
    """One rule: what was asked (`bound`), what was found (`fact`), and what would change it (`remedy`)."""

    kind = serializers.ChoiceField(choices=list(KINDS))
    negated = serializers.BooleanField(help_text="The rule must not be met.")
    outcome = serializers.ChoiceField(choices=RULE_OUTCOMES)
    code = serializers.CharField(help_text="Stable, such as `graduation_after_window`.")
    fact = serializers.DictField()
    bound = serializers.DictField()
    sentence = BothLanguages()
    remedy = BothLanguages(allow_null=True)
    alternatives = OtherCampaign(many=True, help_text="Open campaigns of this employer that take the fact.")


class PreferenceVerdict(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=RULE_OUTCOMES)
    sentence = BothLanguages()


class JudgedBy(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    scope = serializers.ChoiceField(choices=["campaign", "department", "posting"])
    version = serializers.IntegerField()


class VerdictDocument(serializers.Serializer[Any]):
    """Whether a posting takes somebody, and why. What is unknown is not eligible."""

    posting = serializers.IntegerField()
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    sentence = BothLanguages(help_text="All that is asked, in one sentence.")
    rules = RuleVerdict(many=True)
    preferred = PreferenceVerdict(many=True, help_text="What orders people and decides nothing.")
    rule_sets = JudgedBy(many=True)
