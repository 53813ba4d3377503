"""A small school as files for the command line: two students in need, and their classmates.

Leo Park stopped: his last practice lies `AWAY` school days back. Nia Stone has Division at 60 % and
Fractions at 55 % and little else. The others practise on every school day. Days are counted back
from the last weekday before today, so that the figures are the same whenever it runs.
"""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

LEO, NIA = "Leo Park", "Nia Stone"
CLASSMATES = ("Maya Okafor", "Sam Olsen", "Ines Moreau", "Tom Weiss", "Aiko Tanaka", "Ben Adeyemi")
CLASS = "Grade 5 Maths"
TEACHER, LEOS, NIAS = "U0RUIZ", "U0LEO", "U0NIA"
TEACHER_MAIL, MOTHER_MAIL = "ruiz@school.test", "park@home.test"
AWAY = 10
DAYS = 40
"""School days of practice."""
SKILLS = ("Division", "Fractions", "Decimals")
Row = tuple[str, str, str, int, str]


def noon_zone(now: datetime | None = None) -> str:
    """A zone in which it is about noon: neither quiet hours nor midnight come near."""
    ahead = 12 - (now or datetime.now(UTC)).hour  # 12 to -11 hours
    return f"Etc/GMT{-ahead:+d}"


def school_days(zone: str, count: int = DAYS) -> list[date]:
    """The last weekdays before today, oldest first."""
    day, found = datetime.now(ZoneInfo(zone)).date(), list[date]()
    while len(found) < count:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            found.append(day)
    return found[::-1]


def write_practice(path: Path, zone: str) -> None:
    """The practice of the whole class."""
    days = school_days(zone)
    rows = [
        *(row for name in CLASSMATES for row in _steady(name, days)),
        *_steady(LEO, days[: DAYS - AWAY]),
        *_share(NIA, days[-20:], "Division", right=3, of=5),
        *_share(NIA, days[-20:], "Fractions", right=11, of=20),
    ]
    _write(path, rows)


def write_later_practice(path: Path, name: str, right: int, wrong: int, begun: int = 0) -> None:
    """Answers of a student on Division and Fractions, given just now, from number `begun` on."""
    now = datetime.now(UTC)
    rows: list[Row] = []
    for n in range(right + wrong):
        at = (now - timedelta(seconds=1) + timedelta(milliseconds=n)).isoformat()
        skill = ("Division", "Fractions")[n % 2]
        rows.append((_id(name), skill, at, int(n < right), f"later {begun + n}"))
    _write(path, rows)


def write_roster(folder: Path) -> Path:
    """The class as OneRoster has it: everybody by their name's first word."""
    folder.mkdir()
    people = [*CLASSMATES, LEO, NIA]
    users = [
        f"{_id(name)},student,S,{name.replace(' ', ',')},,{name.split()[0]}" for name in people
    ]
    users.append(f"ruiz,teacher,S,Elena,Ruiz,{TEACHER_MAIL},ruiz")
    enrolled = [f"e{n},G5,S,{_id(name)},student" for n, name in enumerate(people)]
    enrolled.append("e99,G5,S,ruiz,teacher")
    files = {
        "orgs": ("sourcedId,name,type", ["S,Lincoln,school"]),
        "classes": ("sourcedId,title,classType,schoolSourcedId", [f"G5,{CLASS},scheduled,S"]),
        "users": (
            "sourcedId,role,orgSourcedIds,givenName,familyName,email,username",
            users,
        ),
        "enrollments": ("sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role", enrolled),
    }
    for name, (head, lines) in files.items():
        text = "\n".join([head, *lines]) + "\n"
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def slack_of(name: str) -> str:
    """Somebody's account in Slack."""
    return f"U0{_id(name).upper()}"


def _id(name: str) -> str:
    """What the roster and the practice know somebody by."""
    return name.split()[0].lower()


def write_contacts(path: Path) -> None:
    """Who is reached how: students in Slack, Leo's mother by e-mail."""
    guardian = "guardian_name,guardian_email,guardian_language"
    head = f"student_id,email,slack_user_id,{guardian},do_not_contact"
    lines = [
        *(f"{_id(name)},,{slack_of(name)},,,," for name in CLASSMATES),
        f"{_id(LEO)},,{LEOS},Mina Park,{MOTHER_MAIL},en,",
        f"{_id(NIA)},,{NIAS},,,,",
    ]
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


def _steady(name: str, days: list[date]) -> Iterator[Row]:
    """Ten answers a day, eight of them right, on one skill after the other."""
    for number, day in enumerate(days):
        skill = SKILLS[number % len(SKILLS)]
        yield from _answers(name, day, skill, [n not in (3, 7) for n in range(10)])


def _share(name: str, days: list[date], skill: str, *, right: int, of: int) -> Iterator[Row]:
    """One answer of each skill a day, `right` of each `of` of them right, spread evenly."""
    for number, day in enumerate(days):
        is_right = (number + 1) * right // of > number * right // of
        yield from _answers(name, day, skill, [is_right], begin=SKILLS.index(skill))


def _answers(
    name: str, day: date, skill: str, outcomes: list[bool], begin: int = 0
) -> Iterator[Row]:
    start = datetime.combine(day, time(9, begin))
    for number, correct in enumerate(outcomes):
        at = (start + timedelta(seconds=40 * number)).isoformat()
        yield _id(name), skill, at, int(correct), f"{skill} {day} {number}"


def _write(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("student_id", "skill", "answered_at", "correct", "item"))
        writer.writerows(rows)
