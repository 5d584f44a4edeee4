"""A private PostgreSQL and Valkey for whoever has not named servers of their own.

`provide()` sets the variables that are unset; a server that the user names always wins.
"""

from backend.local.errors import Unavailable
from backend.local.provider import provide

__all__ = ["Unavailable", "provide"]
