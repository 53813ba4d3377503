"""A roster in a zip is read where it lies, and only when it can be one."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from school.errors import InvalidInput
from school.imports import roster_source
from tests.school.conftest import SmallSchool
from tests.school.imports.roster.folders import everything, take_in


def zipped(folder: Path, inside: str = "") -> Path:
    path = folder.parent / "roster.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, f"{inside}{file.name}")
    return path


@pytest.mark.parametrize("inside", ["", "Harbour/", "a/b/", "Harbour\\"])
def test_a_zip_is_the_folder_in_it(lite_school: SmallSchool, folder: Path, inside: str) -> None:
    outcome = take_in(lite_school, zipped(folder, inside))
    assert (outcome.rows, outcome.problems) == (16, ())
    assert take_in(lite_school, folder).new == 0


def test_a_zip_of_the_newer_version_is_read_on_both(school: SmallSchool, newer: Path) -> None:
    outcome = take_in(school, zipped(newer))
    assert (outcome.rows, outcome.problems) == (23, ())
    assert take_in(school, newer).new == 0


def test_what_packers_add_is_passed_over(lite_school: SmallSchool, folder: Path) -> None:
    path = zipped(folder, "Harbour/")
    with ZipFile(path, "a") as archive:
        archive.writestr("__MACOSX/Harbour/._users.csv", b"\0")
        archive.writestr("__MACOSX/Harbour/users.csv", b"\0")
        archive.writestr("Harbour/notes.txt", b"\0")
        archive.writestr("Harbour/", b"")
    assert take_in(lite_school, path).problems == ()


def test_nothing_is_unpacked_wherever_a_name_points(lite_school: SmallSchool, folder: Path) -> None:
    path = zipped(folder, "../../")
    before = set(folder.parent.parent.rglob("*.csv"))
    assert take_in(lite_school, path).problems == ()
    assert set(folder.parent.parent.rglob("*.csv")) == before


def two_rosters(path: Path) -> None:
    with ZipFile(path, "a") as archive:
        archive.writestr("other/users.csv", "sourcedId")


def a_file_twice(path: Path) -> None:
    with ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("users.csv", "sourcedId")


def no_users(path: Path) -> None:
    with ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name != "users.csv"}
    with ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def thousands_of_files(path: Path) -> None:
    with ZipFile(path, "a") as archive:
        for number in range(roster_source.MOST_MEMBERS):
            archive.writestr(f"{number}.txt", "")


def a_bomb(path: Path) -> None:
    """A file that is small in the zip and far too large without."""
    with ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name != "users.csv"}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        with archive.open("users.csv", "w") as member:
            block = bytes(1024 * 1024)
            for _ in range(roster_source.MOST_BYTES // len(block) + 1):
                member.write(block)


def encrypted(path: Path) -> None:
    """Set the flag that says so, in the directory at the end, for every file."""
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    path.write_bytes(bytes(content))


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    at = content.find(b"users.csv") + len("users.csv")
    content[at : at + 40] = b"\xff" * 40
    path.write_bytes(bytes(content))


REFUSED = {
    "two rosters": (two_rosters, "several rosters: in its top, other"),
    "a file twice": (a_file_twice, "a file twice"),
    "no users": (no_users, "lacks users.csv"),
    "thousands of files": (thousands_of_files, "is no roster"),
    "encrypted": (encrypted, "is encrypted"),
    "damaged": (damaged, "is damaged"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_zip_that_cannot_be_used_says_why(
    lite_school: SmallSchool, folder: Path, case: str
) -> None:
    spoil, words = REFUSED[case]
    refusal(lite_school, zipped(folder), spoil, words)


def test_a_zip_that_unpacks_too_large_is_not_read(
    lite_school: SmallSchool, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster_source, "MOST_BYTES", 4 * 1024 * 1024)
    refusal(lite_school, zipped(folder), a_bomb, "more than 4 MB")


def refusal(school: SmallSchool, path: Path, spoil: Callable[[Path], None], words: str) -> None:
    spoil(path)
    before = everything(school.session_factory)
    with pytest.raises(InvalidInput) as refused:
        take_in(school, path)
    assert refused.value.field == "path"
    assert words in str(refused.value)
    assert everything(school.session_factory) == before
