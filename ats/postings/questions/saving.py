from __future__ import annotations

from collections import Counter
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ats.common.errors import Invalid
from ats.events.record import new_event, record_events
from ats.models import EventType, Membership, Posting, QuestionSet
from ats.postings.questions.kinds import WITH_OPTIONS


@transaction.atomic
def save_questions(*, by: Membership, posting: Posting, questions: list[dict[str, Any]]) -> QuestionSet:
    """Put a new version of a posting's questions in force; applications keep the one they answered.

    Raises Invalid("key_repeated") and Invalid("options_wrong").
    """
    _check(questions)
    locked = Posting.objects.select_for_update(no_key=True).get(pk=posting.pk)
    latest = QuestionSet.objects.filter(posting=locked).aggregate(latest=Max("version"))["latest"] or 0
    saved = QuestionSet.objects.create(
        organisation=by.organisation, posting=locked, version=latest + 1, questions=questions
    )
    locked.question_set = saved
    locked.save(update_fields=["question_set"])
    data = {"question_set": saved.pk, "version": saved.version}
    record_events(
        [
            new_event(
                EventType.QUESTIONS_SAVED,
                organisation=by.organisation,
                by=by,
                posting=locked,
                data=data,
            )
        ]
    )
    saved.refresh_from_db()
    return saved


def _check(questions: list[dict[str, Any]]) -> None:
    keys = Counter(question["key"] for question in questions)
    for number, question in enumerate(questions):
        field = f"questions.{number}"
        if keys[question["key"]] > 1:
            raise Invalid("key_repeated", _("Two questions have the same key."), field=f"{field}.key")
        if bool(question["options"]) is not (question["kind"] in WITH_OPTIONS):
            sentence = _("Questions with a choice have options, and only they.")
            raise Invalid("options_wrong", sentence, field=f"{field}.options")
