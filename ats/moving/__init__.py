"""The one verb that moves people, one application or fifty thousand, and how it is taken back."""

from ats.moving.moves import move
from ats.moving.results import Item, Result
from ats.moving.undoing import undo
from ats.moving.withdrawing import withdraw, withdraw_all

__all__ = ["Item", "Result", "move", "undo", "withdraw", "withdraw_all"]
