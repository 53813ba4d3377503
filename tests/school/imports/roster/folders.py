"""A small OneRoster folder, ways to change it, and what an import of it left behind."""

from pathlib import Path

from sqlalchemy import select

from school.database import SessionFactory
from school.imports.outcome import ImportOutcome, Severity
from school.imports.roster import import_roster
from school.models import Base, Enrolment, ImportRun
from tests.school.conftest import NOW, SmallSchool

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


NEWER = {
    **FILES,
    "users": (
        "sourcedId,status,enabledUser,username,givenName,familyName,email,grades,"
        "agentSourcedIds,preferredGivenName,primaryOrgSourcedId\n"
        "u1,active,true,ada,Ada,Lovelace,Ada@School.test,,,,o1\n"
        "u2,active,true,bob,Bob,Boole,bob@school.test,,,,d1\n"
        'u3,active,true,maya,Mayabella,Okafor,,"05,06","u5,u6",Maya,o1\n'
        "u4,active,true,cher,Cher,,cher@school.test,05,,,o1\n"
        "u5,active,true,mum,Mum,Okafor,Mum@home.test,,,,\n"
        "u6,active,true,dad,Dad,Okafor,,,,,"
    ),
    "roles": (
        "sourcedId,status,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId\n"
        "r1,active,u1,primary,teacher,,,o1\n"
        "r2,active,u2,primary,districtAdministrator,,,d1\n"
        "r3,active,u3,primary,student,,,o1\n"
        "r4,active,u4,primary,student,,,o1\n"
        "r5,active,u5,primary,parent,,,o1\n"
        "r6,active,u6,primary,guardian,,,o1"
    ),
    "userProfiles": "sourcedId,userSourcedId,username,password\np1,u3,maya,secret",
    "manifest": FILES["manifest"].replace("1.1", "1.2") + "\nfile.roles,bulk",
}
"""The same roster by OneRoster 1.2, with guardians."""


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write a roster as a new folder."""
    folder.mkdir()
    for name, text in files.items():
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


def enrolment_of(school: SmallSchool, source_id: str) -> Enrolment:
    found = one_of(school, Enrolment, source_id)
    assert isinstance(found, Enrolment)
    return found
