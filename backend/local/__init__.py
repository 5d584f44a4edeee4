"""A private PostgreSQL and Valkey for whoever has not named servers of their own.

`provide()` sets the variables that are unset; a server that the user names always wins.
"""

from backend.local.errors import Unavailable
from backend.local.provider import keep_serving, provide

__all__ = ["Unavailable", "keep_serving", "provide"]
