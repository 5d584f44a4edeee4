"""Files for tests, made here: honest ones of each format, and ones that mean harm."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from html import escape

LINES = (
    "Li Na",
    "li.na@example.com | +86 138 0000 0000",
    "Education",
    "Tsinghua University",
    "Bachelor of Engineering",
    "2022.09 - 2026.06",
)
FIELDS = {
    "basics": {"name": "Li Na", "email": "li.na@example.com", "phone": "+86 138 0000 0000"},
    "education": [
        {
            "institution": "Tsinghua University",
            "studyType": "Bachelor of Engineering",
            "endDate": "2026-06",
        }
    ],
}

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


# PDF


def pdf(lines: Sequence[str] = LINES, *, pages: int = 1, trailer: str = "") -> bytes:
    """Pages that all show the same lines, in Helvetica."""
    shown = " ".join(f"({_escaped(line)}) Tj T*" for line in lines)
    return pdf_of_stream(f"BT /F1 12 Tf 14 TL 50 780 Td {shown} ET".encode(), pages=pages, trailer=trailer)


def pdf_of_stream(stream: bytes, *, keys: str = "", pages: int = 1, trailer: str = "") -> bytes:
    """Pages that share one stream of drawing operators."""
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    page += "/Resources << /Font << /F1 3 0 R >> >> >>"
    kids = " ".join(f"{number} 0 R" for number in range(5, 5 + pages))
    head = f"<< /Length {len(stream)} {keys} >>\nstream\n".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        head + stream + b"\nendstream",
        *[page.encode()] * pages,
    ]
    return pdf_of(objects, trailer=trailer)


def pdf_of(objects: Sequence[bytes], *, trailer: str = "") -> bytes:
    """A file of these objects, numbered from 1; the first is the catalogue."""
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n".encode())
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def locked_pdf() -> bytes:
    """Encrypted with a password that nobody knows."""
    owner, user = b"\x01" * 32, b"\x02" * 32
    lock = f"/Filter /Standard /V 1 /R 2 /P -44 /O <{owner.hex()}> /U <{user.hex()}>"
    return pdf(trailer=f"/Encrypt << {lock} >> /ID [<00> <00>]")


def inflating_pdf() -> bytes:
    """A page of two megabytes that are five hundred when unpacked."""
    packer, chunk = zlib.compressobj(1), b"q Q " * 250_000
    packed = b"".join(packer.compress(chunk) for _ in range(500)) + packer.flush()
    return pdf_of_stream(packed, keys="/Filter /FlateDecode")


def circular_pdf() -> bytes:
    pages = b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"
    return pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", pages])


# Archives


def archive(members: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def docx(
    lines: Sequence[str] = LINES, *, doctype: str = "", more: Mapping[str, str | bytes] | None = None
) -> bytes:
    """`more` are further members by name."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    body = f'{doctype}<w:document xmlns:w="{WORD}"><w:body>{paragraphs}</w:body></w:document>'
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": body, **(more or {})})


def odt(lines: Sequence[str] = LINES, *, doctype: str = "", manifest: str = "<m/>") -> bytes:
    return odt_of("".join(map(_odf_line, lines)), doctype=doctype, manifest=manifest)


def odt_of(content: str, *, doctype: str = "", manifest: str = "<m/>") -> bytes:
    """A document of this content, which is OpenDocument's XML."""
    spaces = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "text", "table"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("META-INF/manifest.xml", manifest)
        file.writestr("content.xml", f"{doctype}<office:document {spaces}>{content}</office:document>")
    return out.getvalue()


def docx_with_tables(lines: Sequence[str]) -> bytes:
    """Lines with tabs are rows of a table, whose cells they part."""
    body = "".join(_word_row(line) if "\t" in line else _word_line(line) for line in lines)
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def _word_line(line: str) -> str:
    return f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>"


def _word_row(line: str) -> str:
    cells = "".join(f"<w:tc>{_word_line(cell)}</w:tc>" for cell in line.split("\t"))
    return f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"


def odt_with_tables(lines: Sequence[str]) -> bytes:
    """Lines with tabs are rows of a table, whose cells they part."""
    return odt_of("".join(_odf_row(line) if "\t" in line else _odf_line(line) for line in lines))


def _odf_line(line: str) -> str:
    return f"<text:p>{escape(line)}</text:p>"


def _odf_row(line: str) -> str:
    cells = "".join(f"<table:table-cell>{_odf_line(cell)}</table:table-cell>" for cell in line.split("\t"))
    return f"<table:table><table:table-row>{cells}</table:table-row></table:table>"


def bomb() -> bytes:
    """A DOCX of thirty kilobytes that is thirty megabytes when unpacked."""
    return docx(more={"word/media/picture.bmp": bytes(30_000_000)})


def nested_bomb() -> bytes:
    """Archives in archives, as in 42.zip, and no document at all."""
    content = archive({"0": bytes(1_000_000)})
    for _level in range(5):
        content = archive({f"{number}.zip": content for number in range(16)})
    return content


def crowded() -> bytes:
    """More members than any document has."""
    return docx(more={f"word/{number}": "" for number in range(40_000)})


def lying() -> bytes:
    """The text claims 100 bytes and is a hundred thousand times that when unpacked."""
    packed = zlib.compress(bytes(10_000_000), 9)[2:-4]
    return _raw_docx(packed, claimed=100)


def _raw_docx(packed: bytes, *, claimed: int) -> bytes:
    """A DOCX whose text is already packed, under a size of our choice."""
    name = b"word/document.xml"
    sizes = struct.pack("<HHHHHIII", 20, 0, 8, 0, 0, 0, len(packed), claimed)
    local = b"PK\x03\x04" + sizes + struct.pack("<HH", len(name), 0) + name + packed
    note = b"[Content_Types].xml"
    central = b"PK\x01\x02" + struct.pack("<H", 20) + sizes
    central += struct.pack("<HHHHHII", len(name), 0, len(note), 0, 0, 0, 0) + name + note
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + b"PK\x05\x06" + end


def linked() -> bytes:
    """A member that is a symbolic link to a file of the machine."""
    out = io.BytesIO(docx())
    link = zipfile.ZipInfo("word/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(out, "a") as file:
        file.writestr(link, "/etc/passwd")
    return out.getvalue()


def locked_archive() -> bytes:
    """A DOCX whose members are marked as encrypted, by ZIP's own means."""
    content = bytearray(docx())
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


# Others


def rtf(lines: Sequence[str] = LINES) -> bytes:
    """In the way of Chinese Word: each letter that is not ASCII as two bytes of GBK, else by number."""
    text = r"\par ".join("".join(map(_rtf_letter, line)) for line in lines)
    fonts = r"{\fonttbl{\f0\fnil\fcharset134 SimSun;}}"
    return rf"{{\rtf1\ansi\ansicpg936{fonts}\f0 {text}}}".encode("ascii")


def _rtf_letter(letter: str) -> str:
    if letter.isascii():
        return letter
    try:
        return "".join(rf"\'{byte:02x}" for byte in letter.encode("gbk"))
    except UnicodeEncodeError:
        return rf"\u{ord(letter)}?"


def text(lines: Sequence[str] = LINES, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(lines).encode(encoding)


def json_resume(**members: object) -> bytes:
    return json.dumps({**FIELDS, **members}).encode()


def locked_office() -> bytes:
    """What Office makes of a DOCX with a password: an OLE file around the encrypted archive."""
    return OLE + "EncryptedPackage".encode("utf-16-le")
