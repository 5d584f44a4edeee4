"""One person under several records: finding, merging or telling apart, and taking it back."""

from ats.people.duplicates.dismissals import distinguish, forget_distinction
from ats.people.duplicates.merges import merge, undo_merge
from ats.people.duplicates.pairs import Pair, pairs_of

__all__ = ["Pair", "distinguish", "forget_distinction", "merge", "pairs_of", "undo_merge"]
