"""Which school somebody means: the shipped lists, their import, and recognising what people write."""

from ats.people.institutions.mention import Mention, Outcome, Recognition
from ats.people.institutions.recognising import recognise, resolve

__all__ = ["Mention", "Outcome", "Recognition", "recognise", "resolve"]
