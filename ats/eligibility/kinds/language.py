from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from ats.common.languages import LANGUAGES, LEVELS
from ats.eligibility.kinds.base import Bind, Context, Facts, Reason, Rule
from ats.eligibility.schemas import choice, params
from ats.eligibility.text import Text

LEVEL_LABELS = {level: Text(level, "母语" if level == "native" else level) for level in LEVELS}
LANGUAGE_LABELS = {code: Text(*names[:2]) for code, names in LANGUAGES.items()}


@dataclass(frozen=True)
class Language(Rule):
    """A language at a level of the Common European Framework or above.

    Who has named languages, but not this one, does not speak it; who named it without a level
    cannot be judged.
    """

    language: str
    level: int

    kind = "language"
    schema = params(
        Text("Language", "语言"),
        {
            "language": choice(Text("Language", "语言"), LANGUAGE_LABELS),
            "level": choice(Text("At least", "最低水平"), LEVEL_LABELS),
        },
        required=("language", "level"),
    )
    facts = ("languages",)
    fact_label = Text("your languages and their levels", "语言及水平")

    @classmethod
    def read(cls, params: dict[str, Any], at: str) -> Self:
        return cls(params["language"], LEVELS.index(params["level"]) + 1)

    def condition(self, bind: Bind, context: Context) -> str:
        code = bind(self.language)
        return (
            f"CASE WHEN jsonb_exists(f.languages, {code})"
            f" THEN (f.languages ->> {code})::int >= {bind(self.level)}"
            " WHEN f.languages IS NOT NULL THEN false END"
        )

    def bound(self) -> dict[str, Any]:
        return {"language": self.language, "level": LEVELS[self.level - 1]}

    def describe(self) -> Text:
        name, level = self._name(), _level(self.level)
        at_least = "" if self.level == len(LEVELS) else " or better"
        return Text(f"{name.en} at {level.en}{at_least}", f"{name.zh}{level.zh}及以上")

    def failure(self, facts: Facts, context: Context) -> Reason:
        name, asked = self._name(), self.describe()
        level = facts["languages"].get(self.language)
        if level is None:
            fact = Text(f"You have not named {name.en}", f"您未填写{name.zh}")
        else:
            fact = Text(f"Your {name.en} is at {_level(level).en}", f"您的{name.zh}为{_level(level).zh}")
        return Reason(
            "language_missing" if level is None else "language_level_too_low",
            Text(f"{fact.en}; asked is {asked.en}.", f"{fact.zh}，要求{asked.zh}。"),
        )

    def describe_fact(self, facts: Facts) -> Text:
        level = facts["languages"].get(self.language)
        name = self._name()
        return Text(f"{name.en} at {_level(level).en}", f"{name.zh}{_level(level).zh}") if level else name

    def _name(self) -> Text:
        return LANGUAGE_LABELS[self.language]


def _level(number: int) -> Text:
    return LEVEL_LABELS[LEVELS[number - 1]]
