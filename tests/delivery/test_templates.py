"""Every notified type of event has its words in every language; nothing else lies among the templates."""

from __future__ import annotations

import pytest
from django.conf import settings

from ats.delivery.mails.templating import mistakes
from ats.delivery.mails.variables import ALL_TITLES, OF_ENDPOINTS, OF_INVITATIONS, VARIABLES
from ats.delivery.mails.wording import SHIPPED, shipped
from ats.models.event_catalogue import Audience, types_notifying

LANGUAGES = [code for code, _name in settings.LANGUAGES]
LOGIN_CODE = "login_code"
NAMES = {
    LOGIN_CODE,
    *types_notifying(Audience.CANDIDATE),
    *types_notifying(Audience.OWNERS),
    *types_notifying(Audience.INVITED),
    *(f"{kind}.panel" for kind in types_notifying(Audience.PANEL)),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_exactly_the_templates_of_the_catalogue(language: str) -> None:
    assert {path.stem for path in (SHIPPED / language).glob("*.txt")} == NAMES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_template_has_a_subject_and_a_text_and_only_known_variables(name: str, language: str) -> None:
    words = shipped(name, language)

    known = {"code", "long_code", ALL_TITLES, *VARIABLES, *OF_ENDPOINTS, *OF_INVITATIONS}
    assert (bool(words.subject), bool(words.text)) == (True, True)
    assert mistakes(words.subject + words.text, known=known) == []
