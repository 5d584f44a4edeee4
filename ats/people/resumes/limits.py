"""How much of anything a résumé may have or cost. Beyond is refused, whatever else it is."""

from __future__ import annotations

MEGABYTE = 1_000_000

BYTES = 5 * MEGABYTE  # of the file
PAGES = 30
CHARACTERS = 200_000  # of text that are looked at: what is looked for stands at the top

MEMBERS = 500  # of an archive (DOCX, ODT)
CONTENTS = MEMBERS * 200  # bytes of its table of contents
UNPACKED = 40 * MEGABYTE  # all members together, as they claim
PART = 8 * MEGABYTE  # of one member that is read
RATIO = 200  # unpacked to packed; text of an office reaches some 30
RATIO_FROM = MEGABYTE  # smaller members may be as dense as they like

CPU_SECONDS = 1  # a usual file takes a tenth
SECONDS = 10  # by the clock, for a machine that is busy with other things
MEMORY = 256 * 2**20  # bytes of address space; a usual file takes a tenth
ANSWER = MEGABYTE  # bytes that the reading process may write
LOST_LETTERS = 0.02  # share of letters that a PDF's fonts cannot name, from which it is unreadable

PER_ACCOUNT = 20  # résumés that one account may keep
