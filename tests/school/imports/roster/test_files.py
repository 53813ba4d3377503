"""What a folder must hold, and what files may look like."""

from pathlib import Path

import pytest

from school.errors import InvalidInput
from tests.school.conftest import SmallSchool
from tests.school.imports.roster.folders import edit, everything, take_in


def test_a_byte_order_mark_and_windows_line_ends_are_read(
    lite_school: SmallSchool, folder: Path
) -> None:
    file = folder / "users.csv"
    text = file.read_text(encoding="utf-8").replace("\n", "\r\n")
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert take_in(lite_school, folder).problems == ()


def refusal(school: SmallSchool, path: Path) -> str:
    before = everything(school.session_factory)
    with pytest.raises(InvalidInput) as refused:
        take_in(school, path)
    assert refused.value.field == "path"
    assert everything(school.session_factory) == before
    return str(refused.value)


def test_files_that_the_manifest_names_must_be_there(
    lite_school: SmallSchool, folder: Path
) -> None:
    for name in ("users", "enrollments"):
        (folder / f"{name}.csv").unlink()
    assert "users.csv, enrollments.csv" in refusal(lite_school, folder)


def test_without_a_manifest_the_four_files_are_needed(
    lite_school: SmallSchool, folder: Path
) -> None:
    (folder / "manifest.csv").unlink()
    assert take_in(lite_school, folder).refused == 0
    (folder / "classes.csv").unlink()
    assert "classes.csv" in refusal(lite_school, folder)


def test_an_unknown_version_and_no_folder_get_their_own_words(
    lite_school: SmallSchool, folder: Path
) -> None:
    edit(folder, "manifest", "oneroster.version,1.1", "oneroster.version,2.0")
    assert "2.0; only 1.1 and 1.2" in refusal(lite_school, folder)
    assert "no folder" in refusal(lite_school, folder.parent / "nowhere")
    assert "neither a folder nor a zip" in refusal(lite_school, folder / "users.csv")


def test_what_is_no_text_or_no_csv_is_named(lite_school: SmallSchool, folder: Path) -> None:
    (folder / "orgs.csv").write_bytes(b"sourcedId,name\no1,Caf\xe9\n")
    assert "orgs.csv is not UTF-8" in refusal(lite_school, folder)
    (folder / "orgs.csv").write_text('"sourced"Id,name\no1,Harbour School\n', encoding="utf-8")
    assert "orgs.csv cannot be read as CSV" in refusal(lite_school, folder)
