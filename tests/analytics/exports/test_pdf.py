from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from analytics.exports import typesetting
from analytics.exports.pdf import Report, export_report_pdf
from analytics.wording import percent
from tests.analytics.charts.samples import NAMES, SKILLS
from tests.analytics.exports.reading import (
    bookmarks,
    elements,
    findings,
    metadata,
    opened,
    pages,
    words,
)
from tests.analytics.exports.samples import (
    NOW,
    class_report,
    nothing_yet,
    skill_report,
    student_report,
)

REPORTS: dict[str, Report] = {
    "student": student_report(),
    "parent": student_report("Σοφία Νικολάου"),
    "class": class_report(8, 3),
    "skill": skill_report(9),
}
EMPTY: dict[str, Report] = {
    "student": nothing_yet(student_report()),
    "parent": nothing_yet(student_report()),
    "class": replace(
        class_report(0, 3),
        heatmap=replace(class_report(0, 3).heatmap, skills=(), skill_ids=()),
        overall=replace(class_report().overall, accuracy=None, interval=None, questions=0),
        distribution=(0,) * 10,
        trends=(),
    ),
    "skill": replace(skill_report(0), questions=0, accuracy=None, interval=None, trends=()),
}


def pdf(report: Report, kind: str = "student", paper: str = "a4") -> bytes:
    return export_report_pdf(report, kind, paper=paper, now=NOW)


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("kind", REPORTS)
def test_every_report_is_accessible_on_every_paper(kind: str, paper: str) -> None:
    content = pdf(REPORTS[kind], kind, paper)
    assert findings(content) == []
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata(content)


@pytest.mark.parametrize("kind", EMPTY)
def test_a_report_without_practice_is_accessible_too(kind: str) -> None:
    content = pdf(EMPTY[kind], kind)
    assert findings(content) == []
    assert len(pages(content)) == 1


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_the_paper_is_the_one_asked_for(paper: str, size: tuple[int, int]) -> None:
    with opened(pdf(student_report(), paper=paper)) as made:
        boxes = {tuple(round(float(one)) for one in page.mediabox[2:]) for page in made.pages}
    assert boxes == {size}


def test_what_cannot_be_made_is_refused() -> None:
    with pytest.raises(ValueError, match="paper is one of a4, letter, not a3"):
        pdf(student_report(), paper="a3")
    with pytest.raises(ValueError, match="no class report can be made of a StudentReport"):
        pdf(student_report(), "class")
    with pytest.raises(ValueError, match="no diary report"):
        pdf(student_report(), "diary")


def test_every_page_says_whose_it_is_and_which_of_how_many() -> None:
    said = pages(pdf(student_report()))
    for number, page in enumerate(said, start=1):
        assert f"Maya Okafor · made on 20 Nov 2026 {number} of {len(said)}" in page


def test_the_metadata_has_a_title_a_language_and_nobodys_name() -> None:
    content = pdf(student_report("Zacharias Quill"))
    assert "Student report" in metadata(content) and "Homeroom" in metadata(content)
    assert "Zacharias" not in metadata(content) and "Quill" not in metadata(content)
    with opened(content) as made:
        assert str(made.Root.Lang) == "en"


def test_headings_are_bookmarks() -> None:
    with opened(pdf(student_report())) as made:
        found = bookmarks(made)
    assert found[:3] == ["Maya Okafor", "  What stands out", "  Accuracy by week"]
    assert "    The numbers by week" in found and "  Skills" in found


@pytest.mark.parametrize("kind", REPORTS)
def test_every_chart_has_an_alt_text_and_a_table(kind: str) -> None:
    with opened(pdf(REPORTS[kind], kind)) as made:
        figures, tables = elements(made, "Figure"), elements(made, "Table")
    assert figures and len(tables) >= len(figures)
    assert all(len(str(one.Alt)) > 20 for one in figures)


def test_the_numbers_of_a_chart_stand_in_a_table() -> None:
    said = words(pdf(student_report()))
    assert "Week from 21 Sep 60 % 42 to 75 % 30 62 %" in said
    assert "Week from 26 Oct – – 0 67 %" in said


def test_the_header_of_a_table_comes_again_on_each_page() -> None:
    said = pages(pdf(class_report(60, 12), "class"))
    over = [page for page in said if any(f"{name} 2 " in page for name in NAMES[:20])]
    assert len(over) > 1
    assert all("Student Equivalent fractions" in page or "Place Student" in page for page in over)


def test_no_row_is_parted_by_a_page() -> None:
    report = class_report(60, 12)
    said = pages(pdf(report, "class"))
    for line in [one for one in report.ranking if one.student.isascii()]:
        row = f"{line.place} {line.student} {percent(line.accuracy)} "
        (page,) = [page for page in said if row in page]
        assert "20 Nov" in page[page.index(row) :][:200]


def test_names_are_never_markup() -> None:
    name = '#strong[x] *b* $x^2$ \\u{41} @a <b> #import "@preview/a:1.0.0" `c` // d'
    assert name in words(pdf(student_report(name)))


@pytest.mark.parametrize(
    "name",
    [
        "Maya 🦊 Okafor",
        "e\u0301\u0302\u0489",
        "x\u20dd",
        "𓀀𓀁",
        "Nguyễn Thị Ánh",
        "ກ້າວ",
        "ქეთევან",
        "ትዕግስት",
        "a\u0000b\u202ec",
        "Ma\u0e49ya",
        "W" * 300,
        "",
    ],
)
def test_a_name_in_any_script_leaves_the_report_accessible(name: str) -> None:
    assert findings(pdf(student_report(name))) == []


@pytest.mark.parametrize("name", NAMES)
def test_names_of_all_bundled_scripts_are_set_as_they_are(name: str) -> None:
    content = pdf(nothing_yet(student_report(name)))
    with opened(content) as made:
        assert bookmarks(made)[0] == name


def test_a_letter_that_no_font_has_would_leave_a_tagged_report(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(typesetting, "clean", str)
    content = pdf(student_report("Maya 🦊"))
    assert "pdfuaid" not in metadata(content)
    with opened(content) as made:
        assert elements(made, "H1") and elements(made, "TH")


def test_the_templates_are_found_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = pdf(student_report())
    monkeypatch.chdir(tmp_path)
    typesetting._compiler.cache_clear()
    assert pdf(student_report()) == before
    assert not list(tmp_path.iterdir())


def test_the_fonts_of_the_template_are_the_bundled_ones() -> None:
    template = typesetting.MAIN.read_text(encoding="utf-8")
    named = template[template.index("#let fonts") : template.index("#set document")]
    for family in typesetting._fonts().families():
        assert f'"{family}"' in named
    assert named.count('"') == 2 * len(typesetting._fonts().families())


def test_all_skills_are_printed() -> None:
    said = words(pdf(student_report()))
    assert all(skill in said for skill in SKILLS)


def test_a_long_word_is_broken_within_its_column() -> None:
    long = "Interpreting_Linear_Equations_With_Two_Unknowns_And_More"
    report = student_report()
    skills = tuple(replace(line, skill=long) for line in report.skills)
    said = words(pdf(replace(report, skills=skills))).replace("\u200b", " ")
    assert "Interpreting_ Linear_ Equations_" in said


def test_a_report_made_later_differs_in_its_date_alone() -> None:
    later = export_report_pdf(student_report(), "student", now=NOW + timedelta(days=1))
    assert words(later).replace("21 Nov", "20 Nov") == words(pdf(student_report()))
