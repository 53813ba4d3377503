"""Days without school come in, are renamed and taken away, by CSV and by calendar."""

from sqlalchemy import select

from school.imports.outcome import Severity
from school.models import Base, Holiday, ImportRun
from tests.school.imports.holidays.conftest import Holidays
from tests.school.imports.roster.folders import everything

CSV = "date,name\n2026-11-26,Thanksgiving\n2026-11-27,Day after\n"
EVENT = "UID:1\nDTSTART;VALUE=DATE:20261126\nDTEND;VALUE=DATE:20261128\nSUMMARY:Thanksgiving"


def test_a_csv_adds_days_once(holidays: Holidays) -> None:
    outcome = holidays.take(CSV)
    assert (outcome.rows, outcome.new, outcome.problems) == (2, 2, ())
    before = everything(holidays.school.session_factory)
    assert holidays.take(CSV).new == 0
    assert everything(holidays.school.session_factory) == before
    assert holidays.days() == ["2026-11-26 Thanksgiving", "2026-11-27 Day after"]


def test_a_calendar_is_told_by_its_content_and_adds_days_once(holidays: Holidays) -> None:
    outcome = holidays.take_events(EVENT)
    assert (outcome.rows, outcome.new, outcome.problems) == (1, 2, ())
    assert holidays.days() == ["2026-11-26 Thanksgiving", "2026-11-27 Thanksgiving"]
    assert holidays.take_events(EVENT).new == 0


def test_a_byte_order_mark_before_either_is_read(lite: Holidays) -> None:
    assert lite.take("\ufeff" + CSV).new == 2
    assert lite.take("\ufeff\r\nBEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n").rows == 0


def test_a_day_is_renamed(lite: Holidays) -> None:
    lite.take(CSV)
    assert lite.take("date,name\n2026-11-26,Turkey day\n2026-11-27,Day after\n").new == 1
    assert lite.days()[0] == "2026-11-26 Turkey day"


def test_a_cancelled_row_takes_a_day_away(holidays: Holidays) -> None:
    holidays.take(CSV)
    gone = "date,name,status\n2026-11-26,Thanksgiving,\n2026-11-27,,Cancelled\n"
    assert holidays.take(gone).new == 1
    assert holidays.days() == ["2026-11-26 Thanksgiving"]
    assert holidays.take(gone).new == 0


def test_a_cancelled_event_takes_its_days_away_unless_another_names_them(
    holidays: Holidays,
) -> None:
    holidays.take_events(EVENT)
    cancelled = EVENT + "\nSTATUS:CANCELLED"
    other = "UID:2\nDTSTART;VALUE=DATE:20261127\nSUMMARY:Repairs"
    assert holidays.take_events(cancelled, other).new == 2
    assert holidays.days() == ["2026-11-27 Repairs"]


def test_two_names_of_one_day_leave_the_first(lite: Holidays) -> None:
    lite.take("date,name\n2026-12-25,Break\n2026-12-25,Christmas\n")
    assert lite.days() == ["2026-12-25 Break"]


def test_days_from_before_within_the_files_span_stay_and_are_told_of(lite: Holidays) -> None:
    lite.take(CSV)
    moved = lite.take("date,name\n2026-11-20,A\n2026-11-30,B\n")
    (told,) = moved.problems
    assert told.severity is Severity.WARNING
    assert told.reason.startswith(
        "2 days, the first 2026-11-26 (Thanksgiving), stay days without school"
    )
    assert len(lite.days()) == 4
    one = lite.take("date,name\n2026-11-19,C\n2026-11-20,A\n2026-11-26,D\n2026-11-27,E\n")
    assert one.problems == ()


def test_one_day_from_before_is_told_as_one(lite: Holidays) -> None:
    lite.take("date,name\n2026-11-26,Thanksgiving\n")
    (told,) = lite.take("date,name\n2026-11-20,A\n2026-11-30,B\n").problems
    assert told.reason.startswith("2026-11-26 (Thanksgiving) stays a day without school")


def test_nothing_that_is_stored_rests_on_holidays() -> None:
    tables = {one.__tablename__ for one in Base.__subclasses__()}
    assert Holiday.__tablename__ in tables
    keys = [key for table in Base.metadata.tables.values() for key in table.foreign_keys]
    assert not [key for key in keys if key.column.table.name == Holiday.__tablename__]


def test_the_import_is_written_down_without_its_content(lite: Holidays) -> None:
    lite.take(CSV + "soon,Party\n")
    with lite.school.session_factory() as session:
        run = session.scalars(select(ImportRun)).one()
    assert (run.kind, run.rows_read, run.rows_refused) == ("holidays", 3, 1)


def test_strict_refuses_the_whole_with_nothing_written(holidays: Holidays) -> None:
    before = everything(holidays.school.session_factory)
    outcome = holidays.take(CSV + "soon,Party\n", strict=True)
    assert outcome.stopped
    assert (outcome.rows, outcome.refused, outcome.new) == (3, 1, 0)
    assert everything(holidays.school.session_factory) == before
