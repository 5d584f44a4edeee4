"""The one verb that moves people, one application or fifty thousand, and how it is taken back."""

from ats.applications.moves.by_members import move
from ats.applications.moves.results import Item, Result
from ats.applications.moves.undo import undo
from ats.applications.moves.withdrawal import withdraw, withdraw_all

__all__ = ["Item", "Result", "move", "undo", "withdraw", "withdraw_all"]
