"""The files of a made-up school, as districts and products export them."""

import csv
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from tests.independent.raw.rows import Raw


def write_all(raw: Raw, folder: Path) -> dict[str, Path]:
    """Write every file that holds something; by kind the file, or the roster's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    found = {"roster": _roster(raw, folder / "roster")}
    makers = {
        "holidays": _holidays,
        "answers": _answers,
        "sessions": _sessions,
        "assignments": _assignments,
        "standards": _standards,
        "prerequisites": _prerequisites,
    }
    for name, make in makers.items():
        rows = list(make(raw))
        if rows:
            found[name] = _write(folder / f"{name}.csv", rows)
    return found


Row = dict[str, object]


def _write(path: Path, rows: list[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def _roster(raw: Raw, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    tables: dict[str, list[Row]] = {
        "users": [_user(student) for student in raw.students],
        "classes": [
            {"sourcedId": course, "status": "active", "title": course}
            for course in sorted({*raw.courses, *(one.course for one in raw.enrolled)})
        ],
        "enrollments": [
            {
                "sourcedId": f"e{number}",
                "status": "active",
                "classSourcedId": one.course,
                "userSourcedId": one.student,
                "role": "student",
                "beginDate": _day(one.starts),
                "endDate": _day(one.ends),
            }
            for number, one in enumerate(raw.enrolled)
        ],
        "manifest": [
            {"propertyName": "oneroster.version", "value": "1.1"},
            {"propertyName": "file.users", "value": "bulk"},
            {"propertyName": "file.classes", "value": "bulk"},
            {"propertyName": "file.enrollments", "value": "bulk"},
        ],
    }
    for name, rows in tables.items():
        if rows:
            _write(folder / f"{name}.csv", rows)
        else:
            (folder / f"{name}.csv").write_text(_EMPTY[name], encoding="utf-8")
    return folder


_EMPTY = {
    "users": "sourcedId,status,enabledUser,role,username,givenName,familyName\n",
    "enrollments": "sourcedId,status,classSourcedId,userSourcedId,role,beginDate,endDate\n",
}


def _user(student: str) -> Row:
    return {
        "sourcedId": student,
        "status": "active",
        "enabledUser": "true",
        "role": "student",
        "username": student,
        "givenName": student.title(),
        "familyName": "",
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _holidays(raw: Raw) -> Iterable[Row]:
    for day in sorted(raw.holidays):
        yield {"date": day.isoformat(), "name": "No school"}


def _answers(raw: Raw) -> Iterable[Row]:
    for number, one in enumerate(raw.answers):
        yield {
            "student_id": one.student,
            "skill": one.skill,
            "answered_at": _moment(raw, one.at, plain=number % 3 == 0),
            "correct": int(one.right),
            "item": one.item,
            "seconds": _number(one.seconds),
            "hints": _number(one.hints),
            "session_id": one.session,
            "xp": _number(one.xp),
        }


def _sessions(raw: Raw) -> Iterable[Row]:
    for number, one in enumerate(raw.wholes):
        yield {
            "student_id": one.student,
            "skill": one.skill,
            "started_at": _moment(raw, one.at, plain=number % 3 == 0),
            "questions": one.asked,
            "correct": one.right,
            "duration_seconds": _number(one.seconds),
            "session_id": one.session,
            "xp": _number(one.xp),
        }


def _assignments(raw: Raw) -> Iterable[Row]:
    for work in raw.work:
        for student in work.students:
            done = work.done.get(student)
            yield {
                "assignment_id": work.key,
                "title": f"Work {work.key}",
                "class": work.course,
                "student_id": student,
                "skills": ";".join(work.skills),
                "question_count": work.count,
                "assigned_at": work.assigned.isoformat(),
                "due_at": work.due.isoformat(),
                "completed_at": done.isoformat() if done else "",
            }


def _standards(raw: Raw) -> Iterable[Row]:
    if raw.needs:
        for skill in raw.skills:
            yield {"skill_id": skill, "name": skill}


def _prerequisites(raw: Raw) -> Iterable[Row]:
    for before, after in raw.needs:
        yield {"prerequisite_id": before, "skill_id": after}


def _moment(raw: Raw, at: datetime, *, plain: bool) -> str:
    """A moment in the school's time, with its offset unless that is plain without it."""
    local = at.astimezone(raw.zone)
    naive = local.replace(tzinfo=None)
    return (naive if plain and not local.fold else local).isoformat()


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
