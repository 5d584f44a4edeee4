from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from ats.common.disciplines import DISCIPLINES
from ats.eligibility.kinds.base import Bind, Context, Facts, Reason, Rule, sql_list
from ats.eligibility.schemas import choice, params, several, text
from ats.eligibility.text import Text, listed, plain

LABELS = {code: Text(*names[:2]) for code, names in DISCIPLINES.items()}


@dataclass(frozen=True)
class Major(Rule):
    """A major in one of the disciplines, or with one of the words in its name (letter case aside)."""

    disciplines: tuple[str, ...]
    words_in_it: tuple[str, ...]

    kind = "major"
    schema = params(
        Text("Major", "专业"),
        {
            "disciplines": several(
                Text("Disciplines", "学科门类"), choice(Text("Discipline", "学科门类"), LABELS)
            ),
            "words": several(Text("Words in the major", "专业关键词"), text(Text("Word", "关键词"))),
        },
        least=1,
    )
    facts = ("major", "discipline")
    fact_label = Text("your major", "专业")

    @classmethod
    def read(cls, params: dict[str, Any], at: str) -> Self:
        words = (word.strip().lower() for word in params.get("words", ()))
        return cls(tuple(params.get("disciplines", ())), tuple(words))

    def condition(self, bind: Bind, context: Context) -> str:
        by_word = [f"position({bind(word)} IN f.major) > 0" for word in self.words_in_it]
        by_discipline = f"f.discipline = ANY({sql_list(bind, self.disciplines, 'text')})"
        return " OR ".join([*by_word, by_discipline] if self.disciplines else by_word)

    def bound(self) -> dict[str, Any]:
        return {"disciplines": list(self.disciplines), "words": list(self.words_in_it)}

    def describe(self) -> Text:
        named = [LABELS[code] for code in self.disciplines]
        majors = listed(named + [plain(word) for word in self.words_in_it])
        return Text(f"a major in {majors.en}", f"{majors.zh}相关专业")

    def describe_fact(self, facts: Facts) -> Text:
        return Text("your major", "您的专业")

    def failure(self, facts: Facts, context: Context) -> Reason:
        fact, asked = facts["major"], self.describe()
        return Reason(
            "major_not_accepted",
            Text(
                f"Your major, {fact}, is not among those asked: {asked.en}.",
                f"您的专业（{fact}）不在要求之列：{asked.zh}。",
            ),
        )
