"""How numbers, days, months and instants are written in requests: ASCII, one spelling each."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

WHOLE_NUMBER = re.compile(r"-?[0-9]{1,40}", re.ASCII)
DECIMAL = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,9})?", re.ASCII)
MONTH = re.compile(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])", re.ASCII)
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ].*", re.ASCII | re.DOTALL)
OFFSET = re.compile(r"(Z|[+-][0-9]{2}:?[0-9]{2})\Z", re.ASCII)

# Without an offset nobody can say which instant is meant.
NO_OFFSET = _("Give the offset too, as in 2026-06-01T12:00:00+08:00.")
