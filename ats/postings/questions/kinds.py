"""Each kind of question with what counts as an answer to it: one table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from ats.models import QuestionKind

LONGEST_TEXT = 5000
LONGEST_URL = 2000
LARGEST_NUMBER = 10**15

Question = dict[str, Any]
_url = URLValidator(schemes=["http", "https"])


def _is_text(answer: object, question: Question) -> bool:
    return isinstance(answer, str) and len(answer.strip()) > 0 and len(answer) <= LONGEST_TEXT


def _is_choice(answer: object, question: Question) -> bool:
    return isinstance(answer, str) and answer in question["options"]


def _are_choices(answer: object, question: Question) -> bool:
    if not isinstance(answer, list) or not answer:
        return False
    return all(_is_choice(one, question) for one in answer) and len(set(answer)) == len(answer)


def _is_number(answer: object, question: Question) -> bool:
    is_numeric = isinstance(answer, int | float) and not isinstance(answer, bool)
    return is_numeric and abs(answer) <= LARGEST_NUMBER  # type: ignore[arg-type]


def _is_yes_no(answer: object, question: Question) -> bool:
    return isinstance(answer, bool)


def _is_url(answer: object, question: Question) -> bool:
    if not isinstance(answer, str) or len(answer) > LONGEST_URL:
        return False
    try:
        _url(answer)
    except ValidationError:
        return False
    return True


IS_ANSWER: dict[str, Callable[[object, Question], bool]] = {
    QuestionKind.TEXT: _is_text,
    QuestionKind.CHOICE: _is_choice,
    QuestionKind.CHOICES: _are_choices,
    QuestionKind.NUMBER: _is_number,
    QuestionKind.YES_NO: _is_yes_no,
    QuestionKind.URL: _is_url,
}
WITH_OPTIONS = frozenset({QuestionKind.CHOICE, QuestionKind.CHOICES})
