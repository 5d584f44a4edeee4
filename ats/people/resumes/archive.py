"""Members of an office document's archive, read into memory one by one and never unpacked to disk."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath

from ats.people.resumes import limits
from ats.people.resumes.errors import ResumeError

ENCRYPTED = 0x1
END_MARK, END = b"PK\x05\x06", struct.Struct("<12s L")


class Archive:
    """Raises ResumeError as soon as its table of contents shows a bomb, a trap or a lock."""

    def __init__(self, data: bytes) -> None:
        if _contents_size(data) > limits.CONTENTS:
            raise ResumeError("archive_bomb")
        try:
            self.file = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
            raise ResumeError("damaged") from error
        _judge(self.file.infolist())

    def names(self) -> list[str]:
        return self.file.namelist()

    def read(self, name: str) -> bytes:
        """The content of one member. Raises ResumeError "damaged" or "archive_bomb"."""
        try:
            with self.file.open(name) as member:
                content = member.read(limits.PART + 1)
        except (KeyError, zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
            raise ResumeError("damaged") from error
        if len(content) > limits.PART:
            raise ResumeError("archive_bomb")
        return content


def _contents_size(data: bytes) -> int:
    """Bytes of the table of contents, by the record at the end: reading a long one is work already."""
    at = data.rfind(END_MARK)
    record = data[at : at + END.size]
    return int(END.unpack(record)[1]) if at >= 0 and len(record) == END.size else 0


def _judge(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > limits.MEMBERS or sum(m.file_size for m in members) > limits.UNPACKED:
        raise ResumeError("archive_bomb")
    for member in members:
        if member.flag_bits & ENCRYPTED:
            raise ResumeError("encrypted")
        if _escapes(member):
            raise ResumeError("archive_trap")
        if member.file_size > max(limits.RATIO_FROM, limits.RATIO * member.compress_size):
            raise ResumeError("archive_bomb")


def _escapes(member: zipfile.ZipInfo) -> bool:
    """Whether it is a link, or would land outside the folder that somebody unpacked it into."""
    name = member.orig_filename
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    path = PurePosixPath(name.replace("\\", "/"))
    return is_link or path.is_absolute() or ".." in path.parts or ":" in path.parts[:1] or "\0" in name
