"""One person under several records: finding, merging or telling apart, and taking it back."""

from ats.duplicates.distinguishing import distinguish, forget_distinction
from ats.duplicates.finding import Pair, pairs_of
from ats.duplicates.merging import merge, undo_merge

__all__ = ["Pair", "distinguish", "forget_distinction", "merge", "pairs_of", "undo_merge"]
