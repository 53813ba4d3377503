"""Where the files of a roster lie: in a folder, or in a zip, which is read and never unpacked."""

import posixpath
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Protocol

from school.errors import InvalidInput

MOST_MEMBERS = 1000
"""So many files may a zip hold: OneRoster has about thirty."""
MOST_BYTES = 512 * 1024 * 1024
"""So large may its roster be unpacked: that of 100,000 students takes about 100 MB."""
_ENCRYPTED = 0x1
_NOT_OURS = "__MACOSX/"
"""What macOS adds beside the files."""
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError)
"""What reading a damaged member, or one packed in a way that Python lacks, ends with."""


class Source(Protocol):
    """Something that has files by name, such as `users.csv`."""

    label: str

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        ...

    def open(self, name: str) -> IO[bytes]:
        """The file's bytes."""
        ...


@contextmanager
def open_source(path: Path, names: Collection[str]) -> Iterator[Source]:
    """The folder or zip at `path`, for reading the files `names` of it.

    Raises InvalidInput (field `path`) when it is neither, or is a zip that cannot or should not be
    read.
    """
    if path.is_dir():
        yield Folder(path)
        return
    if not path.exists():
        raise InvalidInput("path", f"There is no folder {path}.")
    if not zipfile.is_zipfile(path):
        raise InvalidInput("path", f"{path.name} is neither a folder nor a zip.")
    try:
        with zipfile.ZipFile(path) as archive:
            yield Zip(path.name, archive, names)
    except _BROKEN as error:
        raise InvalidInput("path", f"The zip {path.name} is damaged: {error}.") from None


class Folder:
    """A folder of files."""

    def __init__(self, path: Path) -> None:
        self.label = str(path)
        self._path = path

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return (self._path / name).is_file()

    def open(self, name: str) -> IO[bytes]:
        """The file's bytes."""
        return (self._path / name).open("rb")


class Zip:
    """The files of a zip, which all lie in one folder of it, or in none.

    Raises InvalidInput (field `path`) when it holds several rosters, is encrypted, or is larger
    than any roster.
    """

    def __init__(self, label: str, archive: zipfile.ZipFile, names: Collection[str]) -> None:
        self.label = label
        self._archive = archive
        members = archive.infolist()
        if len(members) > MOST_MEMBERS:
            raise InvalidInput("path", f"{label} holds {len(members):,} files, and is no roster.")
        self._members = self._in_one_folder([one for one in members if _name(one) in names])
        self._check()

    def _in_one_folder(self, found: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        ours = [one for one in found if not _path(one).startswith(_NOT_OURS)]
        folders = sorted({posixpath.dirname(_path(one)) for one in ours})
        if len(folders) > 1:
            several = ", ".join(one or "its top" for one in folders)
            raise InvalidInput("path", f"{self.label} holds several rosters: in {several}.")
        members = {_name(one): one for one in ours}
        if len(members) < len(ours):
            raise InvalidInput("path", f"{self.label} holds a file twice.")
        return members

    def _check(self) -> None:
        if any(one.flag_bits & _ENCRYPTED for one in self._members.values()):
            raise InvalidInput("path", f"{self.label} is encrypted. Unpack it and name the folder.")
        # Not more than this size is ever unpacked of a member, whatever its content says.
        if sum(one.file_size for one in self._members.values()) > MOST_BYTES:
            most = MOST_BYTES // 2**20
            raise InvalidInput("path", f"{self.label} holds more than {most} MB, and is not read.")

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return name in self._members

    def open(self, name: str) -> IO[bytes]:
        """The file's bytes, unpacked as they are read."""
        return self._archive.open(self._members[name])


@contextmanager
def text_of(source: Source, name: str) -> Iterator[TextIOWrapper]:
    """A file of a source as text; lines end as they do in the file."""
    with source.open(name) as binary, TextIOWrapper(binary, "utf-8-sig", newline="") as text:
        yield text


def _path(member: zipfile.ZipInfo) -> str:
    # Some packers on Windows write its own separator, against the format.
    return member.filename.replace("\\", "/")


def _name(member: zipfile.ZipInfo) -> str:
    return posixpath.basename(_path(member))
