import csv
import pickle
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pikepdf
import pytest

from analytics.exports import files
from bot.outgoing import Picture
from bot.workers import DrawingPool
from tests.analytics.charts.samples import class_report, student_report

NOW = datetime(2026, 11, 20, 20, tzinfo=UTC)


def title(content: bytes) -> str:
    with pikepdf.open(BytesIO(content)) as pdf:
        return str(pdf.docinfo["/Title"])


def test_ordering_a_file_does_not_load_what_makes_it() -> None:
    script = (
        "import sys, analytics.exports.files;"
        "sys.exit(bool({'matplotlib', 'typst', 'csv'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_the_names_stand_for_the_files() -> None:
    student, whole = student_report(), class_report(3, 2)
    assert title(files.student_pdf(student, "a4", NOW)) == "Student report"
    assert title(files.parent_pdf(student, "letter", NOW)) == "Report for parents"
    assert title(files.class_pdf(whole, "a4", NOW)) == "Class report"
    part = files.student_pdf(student, "a4", NOW)
    assert title(files.pack_pdf([part], "Grade 5 Maths", "a4", NOW)) == "Class pack"


def test_the_names_stand_for_the_tables() -> None:
    for content in (files.student_csv(student_report()), files.class_csv(class_report(3, 2))):
        first = next(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
        assert first["part"] == "range"


@pytest.mark.parametrize("name", [name for name in vars(files) if name.endswith(("pdf", "csv"))])
def test_every_file_can_be_ordered_from_another_process(name: str) -> None:
    assert pickle.loads(pickle.dumps(getattr(files, name))) is getattr(files, name)


def test_a_drawing_process_makes_the_same_file() -> None:
    pool = DrawingPool(1)
    order = Picture(files.student_pdf, (student_report(), "a4", NOW), "report.pdf", "")
    assert pool.draw(order).result() == files.student_pdf(student_report(), "a4", NOW)
    pool.close()
