"""A OneRoster folder comes in whole, again without effect, and bad rows stop nothing else."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select

from school.database import SessionFactory
from school.errors import InvalidInput
from school.imports.outcome import ImportOutcome, Severity
from school.imports.roster import import_roster
from school.models import (
    Base,
    Class,
    ClassTeacher,
    Enrolment,
    ImportRun,
    School,
    Student,
    Term,
    User,
)
from school.people import link_teacher
from tests.school.conftest import NOW, TODAY, SmallSchool, small_school

FILES = {
    "orgs": "sourcedId,status,name,type\n"
    "o1,active,Harbour School,school\nd1,,The District,district",
    "academicSessions": (
        "sourcedId,status,title,type,startDate,endDate\n"
        "t1,active,Spring,term,2026-01-05,2026-06-12\n"
        "g1,active,Period 1,gradingPeriod,2026-01-05,2026-02-12"
    ),
    "courses": "sourcedId,title,grades\nc1,Mathematics,05",
    "classes": (
        "sourcedId,status,title,courseSourcedId,schoolSourcedId,termSourcedIds,ext_room\n"
        'k1,active,Grade 5 Maths,c1,o1,"g1,t1",12\n'
        "k2,active,Grade 6 Maths,,o1,t1,"
    ),
    "users": (
        "sourcedId,status,enabledUser,orgSourcedIds,role,username,givenName,familyName,grades,email\n"
        "u1,active,true,o1,teacher,ada,Ada,Lovelace,,Ada@School.test\n"
        "u2,active,true,d1,administrator,bob,Bob,Boole,,bob@school.test\n"
        'u3,active,true,o1,student,maya,Maya,Okafor,"05,06",\n'
        "u4,active,true,o1,student,cher,Cher,,05,cher@school.test\n"
        "u5,active,true,o1,guardian,mum,Mum,Okafor,,mum@home.test"
    ),
    "enrollments": (
        "sourcedId,status,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n"
        "e1,active,k1,o1,u1,teacher,true,,\n"
        "e2,active,k1,o1,u3,student,,2026-01-05,2026-06-12\n"
        "e3,active,k1,o1,u4,student,,,\n"
        "e4,active,k2,o1,u1,teacher,false,,"
    ),
    "manifest": (
        "propertyName,value\noneroster.version,1.1\nfile.orgs,bulk\nfile.classes,bulk\n"
        "file.users,bulk\nfile.enrollments,bulk\nfile.results,absent"
    ),
}
"""A small roster that has a bit of everything; files end without a newline."""

Import = Callable[..., ImportOutcome]


@pytest.fixture
def school(session_factory: SessionFactory) -> SmallSchool:
    """An empty workspace, on SQLite and on PostgreSQL."""
    return small_school(session_factory)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small roster as a folder."""
    folder = tmp_path / "roster"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def take_in(school: SmallSchool, folder: Path, *, strict: bool = False) -> ImportOutcome:
    return import_roster(
        folder,
        session_factory=school.session_factory,
        workspace_id=school.workspace_id,
        strict=strict,
        now=NOW,
    )


def edit(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / f"{name}.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def add(folder: Path, name: str, line: str) -> None:
    file = folder / f"{name}.csv"
    file.write_text(file.read_text(encoding="utf-8") + "\n" + line, encoding="utf-8")


def everything(session_factory: SessionFactory) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but the log of imports."""
    with session_factory() as session:
        return {
            name: sorted(map(tuple, session.execute(select(table))), key=repr)
            for name, table in Base.metadata.tables.items()
            if name != ImportRun.__tablename__
        }


def one_of(school: SmallSchool, model: type[Base], source_id: str) -> object:
    with school.session_factory() as session:
        return session.scalars(select(model).filter_by(source_id=source_id)).one()


def problem(outcome: ImportOutcome) -> tuple[str, int, str, Severity]:
    (only,) = outcome.problems
    return only.file, only.line, only.field, only.severity


def test_everything_comes_in(school: SmallSchool, folder: Path) -> None:
    outcome = take_in(school, folder)
    assert (outcome.rows, outcome.refused, outcome.problems) == (16, 0, ())
    with school.session_factory() as session:
        assert [one.name for one in session.scalars(select(School))] == ["Harbour School"]
        assert [one.title for one in session.scalars(select(Term))] == ["Spring"]
        people = {one.source_id: one for one in session.scalars(select(User))}
        names = [one.name for one in session.scalars(select(Student).order_by(Student.source_id))]
    assert [(one.name, one.email, one.role) for one in people.values()] == [
        ("Ada Lovelace", "ada@school.test", "teacher"),
        ("Bob Boole", "bob@school.test", "administrator"),
    ]
    assert names == ["Maya Okafor", "Cher"]


def test_a_class_has_its_school_term_and_its_courses_grade(
    lite_school: SmallSchool, folder: Path
) -> None:
    take_in(lite_school, folder)
    with lite_school.session_factory() as session:
        fifth, sixth = session.scalars(select(Class).order_by(Class.source_id))
        assert (fifth.title, fifth.grade, sixth.grade) == ("Grade 5 Maths", "05", None)
        assert fifth.school_id is not None
        assert fifth.term_id == session.scalars(select(Term.id)).one()


def test_enrolments_have_their_days_and_teachers_their_part(
    lite_school: SmallSchool, folder: Path
) -> None:
    take_in(lite_school, folder)
    with lite_school.session_factory() as session:
        days = [
            (one.starts_on, one.ends_on)
            for one in session.scalars(select(Enrolment).order_by(Enrolment.source_id))
        ]
        roles = [
            one.role for one in session.scalars(select(ClassTeacher).order_by(ClassTeacher.id))
        ]
    assert days == [(date(2026, 1, 5), date(2026, 6, 12)), (None, None)]
    assert roles == ["primary", "co-teacher"]


def test_a_second_import_changes_nothing(school: SmallSchool, folder: Path) -> None:
    take_in(school, folder)
    before = everything(school.session_factory)
    outcome = take_in(school, folder)
    assert (outcome.rows, outcome.new) == (16, 0)
    assert everything(school.session_factory) == before


def test_what_differs_is_changed(school: SmallSchool, folder: Path) -> None:
    take_in(school, folder)
    edit(folder, "users", "Maya,Okafor", "Maya,Okafor-Lee")
    edit(folder, "enrollments", "2026-06-12", "2026-05-01")
    assert take_in(school, folder).new == 2
    maya = one_of(school, Student, "u3")
    enrolment = one_of(school, Enrolment, "e2")
    assert isinstance(maya, Student)
    assert isinstance(enrolment, Enrolment)
    assert (maya.name, enrolment.ends_on) == ("Maya Okafor-Lee", date(2026, 5, 1))


def test_progress_is_told_up_to_the_whole(lite_school: SmallSchool, folder: Path) -> None:
    heard: list[tuple[int, int, str]] = []
    import_roster(
        folder,
        session_factory=lite_school.session_factory,
        workspace_id=lite_school.workspace_id,
        now=NOW,
        progress=lambda *step: heard.append(step),
    )
    done = [step[0] for step in heard if step[2] == "storing"]
    assert done == sorted(done)
    assert done[-1] <= heard[0][1] == 16


@pytest.mark.shared_data
def test_the_real_bundle_comes_in_with_its_gaps_named(
    school: SmallSchool, shared_data: Path
) -> None:
    outcome = take_in(school, shared_data / "oneroster")
    assert outcome.refused == 0
    assert {(one.file, one.field, one.severity) for one in outcome.problems} == {
        ("classes.csv", "termSourcedIds", Severity.WARNING)
    }
    assert [one.line for one in outcome.problems] == [2, 3, 4]
    with school.session_factory() as session:
        counts = [
            session.scalar(select(func.count()).select_from(model))
            for model in (School, Class, Student, Enrolment, User)
        ]
    assert counts == [2, 3, 2, 3, 0]
    assert take_in(school, shared_data / "oneroster").new == 0


BAD_ROWS = {
    "no id": ("classes", ",active,Nameless,,,,", 4, "sourcedId"),
    "an id said twice": ("classes", "k1,active,Again,,,,", 4, "sourcedId"),
    "no name of a class": ("classes", "k9,active,,,,,", 4, "title"),
    "no name of a school": ("orgs", "o9,active,,school", 4, "name"),
    "no first day": ("academicSessions", "t9,active,T,term,,2026-01-01", 4, "startDate"),
    "no last day": ("academicSessions", "t9,active,T,term,2026-01-01,", 4, "endDate"),
    "no such day": ("academicSessions", "t9,,T,term,2026-02-30,2026-03-01", 4, "startDate"),
    "days backwards": ("academicSessions", "t9,,T,term,2026-03-02,2026-03-01", 4, "endDate"),
    "a student without a name": ("users", "u9,,,,student,,,,,", 7, "familyName"),
    "a teacher without e-mail": ("users", "u9,,,,teacher,x,A,B,,", 7, "email"),
    "an e-mail said twice": ("users", "u9,,,,teacher,x,A,B,,ADA@school.test", 7, "email"),
    "no such student": ("enrollments", "e9,,k1,,u99,student,,,", 6, "userSourcedId"),
    "a teacher as student": ("enrollments", "e9,,k1,,u1,student,,,", 6, "userSourcedId"),
    "no such class": ("enrollments", "e9,,k9,,u3,student,,,", 6, "classSourcedId"),
    "no class": ("enrollments", "e9,,,,u3,student,,,", 6, "classSourcedId"),
    "a day that is none": ("enrollments", "e9,,k2,,u3,student,,soon,", 6, "beginDate"),
    "left before coming": (
        "enrollments",
        "e9,,k2,,u3,student,,2026-03-02,2026-03-01",
        6,
        "endDate",
    ),
    "too many fields": ("orgs", "o9,active,Name,school,more,still more", 4, ""),
}


@pytest.mark.parametrize("case", BAD_ROWS)
def test_a_bad_row_is_named_and_stops_nothing_else(
    lite_school: SmallSchool, folder: Path, case: str
) -> None:
    take_in(lite_school, folder)
    before = everything(lite_school.session_factory)
    name, line, number, column = BAD_ROWS[case]
    add(folder, name, line)
    outcome = take_in(lite_school, folder)
    assert problem(outcome) == (f"{name}.csv", number, column, Severity.ERROR)
    assert (outcome.rows, outcome.refused, outcome.new) == (17, 1, 0)
    assert everything(lite_school.session_factory) == before


WARNINGS = {
    "no such course": ("classes", "k9,,T,c9,,,", 4, "courseSourcedId"),
    "no such session": ("classes", "k9,,T,,,t9,", 4, "termSourcedIds"),
    "no such school": ("classes", "k9,,T,,o9,,", 4, "schoolSourcedId"),
    "no such school of a person": ("users", "u9,,,o9,student,,A,B,,", 7, "orgSourcedIds"),
    "no such school of a teacher": ("users", "u9,,,o9,teacher,,A,B,,a@b", 7, "orgSourcedIds"),
    "no such school of an enrolment": (
        "enrollments",
        "e9,,k2,o9,u3,student,,,",
        6,
        "schoolSourcedId",
    ),
    "a part that is not used": ("enrollments", "e9,,k1,o1,u5,proctor,,,", 6, "role"),
}


@pytest.mark.parametrize("case", WARNINGS)
def test_a_missing_optional_reference_warns(
    lite_school: SmallSchool, folder: Path, case: str
) -> None:
    name, line, number, column = WARNINGS[case]
    add(folder, name, line)
    outcome = take_in(lite_school, folder)
    assert problem(outcome) == (f"{name}.csv", number, column, Severity.WARNING)
    assert (outcome.refused, outcome.warnings) == (0, 1)


def test_what_rests_on_a_refused_row_is_refused_too(lite_school: SmallSchool, folder: Path) -> None:
    edit(
        folder,
        "users",
        "u3,active,true,o1,student,maya,Maya,Okafor",
        "u3,active,true,o1,student,,,",
    )
    outcome = take_in(lite_school, folder)
    assert [(one.file, one.field) for one in outcome.problems] == [
        ("users.csv", "familyName"),
        ("enrollments.csv", "userSourcedId"),
    ]


def test_strict_refuses_the_whole_with_nothing_written(school: SmallSchool, folder: Path) -> None:
    add(folder, "enrollments", "e9,,k1,,u99,student,,,")
    before = everything(school.session_factory)
    outcome = take_in(school, folder, strict=True)
    assert outcome.stopped
    assert (outcome.new, outcome.refused) == (0, 1)
    assert everything(school.session_factory) == before
    with school.session_factory() as session:
        assert session.scalars(select(ImportRun)).all() == []


def test_strict_takes_a_folder_that_only_warns(lite_school: SmallSchool, folder: Path) -> None:
    add(folder, "classes", "k9,,T,c9,,,")
    outcome = take_in(lite_school, folder, strict=True)
    assert not outcome.stopped
    assert outcome.new > 0


def test_rows_to_be_deleted_end_what_they_name(school: SmallSchool, folder: Path) -> None:
    take_in(school, folder)
    for name, old in (
        ("classes", "k2,active"),
        ("users", "u4,active"),
        ("users", "u1,active"),
        ("enrollments", "e2,active"),
        ("enrollments", "e1,active"),
    ):
        edit(folder, name, old, old.replace("active", "tobedeleted"))
    assert take_in(school, folder).refused == 0
    with school.session_factory() as session:
        active = [one.source_id for one in session.scalars(select(Class)) if one.is_active]
        people = [one.source_id for one in session.scalars(select(Student)) if one.is_active]
        users = [one.source_id for one in session.scalars(select(User)) if one.is_active]
        teaching = session.scalars(select(ClassTeacher.ends_on).order_by(ClassTeacher.id)).all()
    assert (active, people, users) == (["k1"], ["u3"], ["u2"])
    assert teaching == [TODAY - timedelta(days=1), None]
    enrolment = one_of(school, Enrolment, "e2")
    assert isinstance(enrolment, Enrolment)
    assert enrolment.ends_on == TODAY - timedelta(days=1)
    assert take_in(school, folder).new == 0


def test_a_deleted_enrolment_ends_on_the_day_that_the_file_says(
    lite_school: SmallSchool, folder: Path
) -> None:
    take_in(lite_school, folder)
    edit(folder, "enrollments", "e2,active", "e2,tobedeleted")
    edit(folder, "enrollments", "2026-06-12", "2026-02-02")
    take_in(lite_school, folder)
    enrolment = one_of(lite_school, Enrolment, "e2")
    assert isinstance(enrolment, Enrolment)
    assert enrolment.ends_on == date(2026, 2, 2)


def test_a_deleted_enrolment_with_a_day_that_is_none_ends_yesterday(
    lite_school: SmallSchool, folder: Path
) -> None:
    take_in(lite_school, folder)
    edit(folder, "enrollments", "e2,active", "e2,tobedeleted")
    edit(folder, "enrollments", "2026-06-12", "soon")
    take_in(lite_school, folder)
    enrolment = one_of(lite_school, Enrolment, "e2")
    assert isinstance(enrolment, Enrolment)
    assert enrolment.ends_on == TODAY - timedelta(days=1)


def test_a_student_who_left_and_came_back_is_in_the_class(
    lite_school: SmallSchool, folder: Path
) -> None:
    edit(folder, "enrollments", "e2,active", "e2,tobedeleted")
    add(folder, "enrollments", "e9,active,k1,o1,u3,student,,2026-02-20,")
    take_in(lite_school, folder)
    enrolment = one_of(lite_school, Enrolment, "e9")
    assert isinstance(enrolment, Enrolment)
    assert (enrolment.starts_on, enrolment.ends_on) == (date(2026, 2, 20), None)


def test_two_enrolments_in_one_class_make_one_span(lite_school: SmallSchool, folder: Path) -> None:
    add(folder, "enrollments", "e9,active,k1,o1,u3,student,,2026-07-01,2026-08-01")
    take_in(lite_school, folder)
    enrolment = one_of(lite_school, Enrolment, "e9")
    assert isinstance(enrolment, Enrolment)
    assert (enrolment.starts_on, enrolment.ends_on) == (date(2026, 1, 5), date(2026, 8, 1))


def test_what_is_gone_before_it_came_is_left_out(lite_school: SmallSchool, folder: Path) -> None:
    add(folder, "classes", "k9,tobedeleted,Old,,,,")
    add(folder, "enrollments", "e9,active,k9,o1,u3,student,,,")
    outcome = take_in(lite_school, folder)
    assert outcome.refused == 0
    with lite_school.session_factory() as session:
        assert len(session.scalars(select(Class)).all()) == 2
        assert len(session.scalars(select(Enrolment)).all()) == 2


def test_a_teacher_linked_before_the_roster_is_the_same_person(
    school: SmallSchool, folder: Path
) -> None:
    with school.session_factory.begin() as session:
        linked = link_teacher(
            session,
            "U123",
            "ada@school.test",
            admin=True,
            workspace_id=school.workspace_id,
            now=NOW,
        ).id
    assert take_in(school, folder).refused == 0
    ada = one_of(school, User, "u1")
    assert isinstance(ada, User)
    assert (ada.id, ada.slack_user_id, ada.name) == (linked, "U123", "Ada Lovelace")
    assert ada.role == "administrator"
    assert take_in(school, folder).new == 0


def test_an_address_that_another_user_has_is_refused(
    lite_school: SmallSchool, folder: Path
) -> None:
    take_in(lite_school, folder)
    with lite_school.session_factory.begin() as session:
        link_teacher(
            session, "U9", "cara@school.test", workspace_id=lite_school.workspace_id, now=NOW
        )
    edit(folder, "users", "Ada@School.test", "cara@school.test")
    outcome = take_in(lite_school, folder)
    assert problem(outcome)[2] == "email"


def test_a_disabled_teacher_is_switched_off(lite_school: SmallSchool, folder: Path) -> None:
    edit(folder, "users", "u1,active,true", "u1,active,false")
    take_in(lite_school, folder)
    ada = one_of(lite_school, User, "u1")
    assert isinstance(ada, User)
    assert not ada.is_active


def test_a_delta_may_refer_to_what_is_there_already(lite_school: SmallSchool, folder: Path) -> None:
    take_in(lite_school, folder)
    for name in ("orgs", "classes", "users", "academicSessions", "courses"):
        (folder / f"{name}.csv").unlink()
    (folder / "manifest.csv").write_text(
        "propertyName,value\noneroster.version,1.1\nfile.enrollments,delta\n", encoding="utf-8"
    )
    (folder / "enrollments.csv").write_text(
        "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role\ne9,k2,o1,u3,student\n",
        encoding="utf-8",
    )
    outcome = take_in(lite_school, folder)
    assert (outcome.new, outcome.problems) == (1, ())


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


def test_a_newer_version_a_zip_and_no_folder_get_their_own_words(
    lite_school: SmallSchool, folder: Path
) -> None:
    edit(folder, "manifest", "oneroster.version,1.1", "oneroster.version,1.2")
    assert "1.2" in refusal(lite_school, folder)
    zipped = folder.parent / "roster.zip"
    with ZipFile(zipped, "w") as archive:
        archive.write(folder / "users.csv", "users.csv")
    assert "Unpack" in refusal(lite_school, zipped)
    assert "no folder" in refusal(lite_school, folder.parent / "nowhere")


def test_what_is_no_text_or_no_csv_is_named(lite_school: SmallSchool, folder: Path) -> None:
    (folder / "orgs.csv").write_bytes(b"sourcedId,name\no1,Caf\xe9\n")
    assert "orgs.csv is not UTF-8" in refusal(lite_school, folder)
    (folder / "orgs.csv").write_text('sourcedId,name\no1,"Harbour" School\n', encoding="utf-8")
    assert "orgs.csv cannot be read as CSV" in refusal(lite_school, folder)


def test_the_import_is_written_down_without_its_content(
    lite_school: SmallSchool, folder: Path
) -> None:
    take_in(lite_school, folder)
    with lite_school.session_factory() as session:
        run = session.scalars(select(ImportRun)).one()
    assert (run.kind, run.rows_read, run.rows_refused) == ("roster", 16, 0)
