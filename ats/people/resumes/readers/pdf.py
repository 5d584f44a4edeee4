"""PDF, by PDFium: the engine of a browser, which is attacked and mended daily."""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw as pdfium

from ats.people.resumes import limits
from ats.people.resumes.errors import ResumeError

LOCKED = {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}


def read(data: bytes) -> str:
    """The text of all pages. Raises ResumeError."""
    try:
        text = _text(pypdfium2.PdfDocument(data))
    except pypdfium2.PdfiumError as error:
        raise ResumeError("encrypted" if error.err_code in LOCKED else "damaged") from error
    # Lines end in CR LF; a CR alone is how some fonts of the Macintosh name their space.
    return text.replace("\r\n", "\n").replace("\r", " ")


def _text(document: pypdfium2.PdfDocument) -> str:
    if len(document) > limits.PAGES:
        raise ResumeError("too_many_pages")
    texts: list[str] = []
    letters = lost = 0
    for page in document:
        content = page.get_textpage()
        count = content.count_chars()
        letters += count
        if letters > limits.CHARACTERS:
            break
        lost += sum(pdfium.FPDFText_HasUnicodeMapError(content, i) == 1 for i in range(count))
        texts.append(content.get_text_bounded())
    if lost > limits.LOST_LETTERS * letters:
        raise ResumeError("letters_lost")
    return "\n".join(texts)
