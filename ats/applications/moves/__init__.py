"""Moving applications, one or fifty thousand, by one verb; undoing a move; withdrawing."""

from ats.applications.moves.by_members import move_applications
from ats.applications.moves.results import Item, Result
from ats.applications.moves.undo import undo_move
from ats.applications.moves.withdrawal import withdraw_all_applications, withdraw_application

__all__ = [
    "Item",
    "Result",
    "move_applications",
    "undo_move",
    "withdraw_all_applications",
    "withdraw_application",
]
