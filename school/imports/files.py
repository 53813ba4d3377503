"""Text files as people hand them over: UTF-8 with or without a byte-order mark, line by line."""

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from school.errors import InvalidInput

BLOCK = 1 << 20
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_REMEDY = "Save it as UTF-8 (in Excel: “CSV UTF-8”) and import it again."


def check_text(path: Path) -> None:
    """See that the whole file is UTF-8 before anything of it is used.

    Raises InvalidInput (field `file`) when there is no such file, when it is empty, or when it
    has another encoding, naming the first line that is not UTF-8.
    """
    try:
        with path.open("rb") as source:
            _check(source, path.name)
    except OSError as error:
        raise InvalidInput("file", f"{path.name} cannot be read: {error.strerror}.") from None


def _check(source: BinaryIO, name: str) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, block = 1, source.read(BLOCK)
    if not block:
        raise InvalidInput("file", f"{name} is empty.")
    if block.startswith(_UTF16):
        raise InvalidInput("file", f"{name} is UTF-16, not UTF-8. {_REMEDY}")
    while True:
        if b"\0" in block:
            raise InvalidInput("file", f"{name} is not a text file. {_REMEDY}")
        try:
            decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            line += error.object[: error.start].count(b"\n")
            raise InvalidInput("file", f"{name} is not UTF-8 (line {line}). {_REMEDY}") from None
        if not block:
            return
        line += block.count(b"\n")
        block = source.read(BLOCK)


class TextFile:
    """An open text file that knows how many bytes of it are read."""

    def __init__(self, binary: BinaryIO, size: int) -> None:
        self._binary = binary
        self.size = size
        self.lines = TextIOWrapper(binary, encoding="utf-8-sig", newline="\n")

    def done(self) -> int:
        """Bytes read so far."""
        return self._binary.tell()


@contextmanager
def open_text(path: Path) -> Iterator[TextFile]:
    """Open a UTF-8 file, with or without a byte-order mark; lines end as they do in the file."""
    with path.open("rb") as binary:
        yield TextFile(binary, path.stat().st_size)
