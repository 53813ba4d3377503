"""Schools made up from a seed, raw as districts export them, with everything that is hard.

Each has two classes and in them: a student without questions, one with one question, one with all
right and one with all wrong, two who do the same (ties), one who joined late, one who left, one in
both classes; weeks in which clocks change, holidays, questions with several skills, hints, repeated
attempts, answers at midnight, sessions told as a whole, assignments done early, late and never.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tests.independent.raw.rows import Answer, Enrolled, Raw, Whole, Work, each_day

SKILLS = ("Angles", "Area", "Decimals", "Fractions", "Ratio", "Volume")
NEEDS = [
    ("Decimals", "Fractions"),
    ("Fractions", "Ratio"),
    ("Decimals", "Ratio"),
    ("Area", "Volume"),
    ("Fractions", "Area"),
]
PLACES = (
    ("America/New_York", date(2026, 2, 2)),
    ("America/New_York", date(2025, 9, 22)),
    ("Australia/Lord_Howe", date(2026, 2, 23)),
    ("Australia/Lord_Howe", date(2025, 9, 1)),
    ("Asia/Kathmandu", date(2026, 1, 12)),
    ("Europe/London", date(2026, 2, 16)),
    ("Pacific/Apia", date(2025, 8, 11)),
    ("America/St_Johns", date(2026, 2, 9)),
)
"""Zones, and a Monday some weeks before their clocks change (where they do)."""
WEEKS = 9
MATHS, ART = "Maths", "Art"


def generate(seed: int) -> Raw:
    """The school of a seed: 9 weeks, 13 students, a thousand answers or two."""
    return _Making(seed).school()


class _Making:
    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        zone, self.first = PLACES[seed % len(PLACES)]
        self.last = self.first + timedelta(weeks=WEEKS, days=-1 - self.chance.randrange(5))
        self.raw = Raw(ZoneInfo(zone), datetime(2026, 1, 1, tzinfo=UTC), needs=NEEDS)
        self.ease = {skill: self.chance.uniform(-0.15, 0.1) for skill in SKILLS}
        self.gifts = {f"s{one:02d}": self.chance.sample(SKILLS, 2) for one in range(1, 14)}

    def school(self) -> Raw:
        raw, chance = self.raw, self.chance
        self._enrol()
        holidays = chance.sample(each_day(self.first, self.last), 4)
        raw.holidays = {*holidays, self.first + timedelta(days=17)}
        for number in range(3, 13):
            self._practise(f"s{number:02d}", number)
        self._oddities()
        twin = [one for one in raw.answers if one.student == "s05"]
        raw.answers += [replace(one, student="s06") for one in twin]
        raw.answers = list(dict.fromkeys(raw.answers))
        chance.shuffle(raw.answers)
        chance.shuffle(raw.wholes)
        wait = chance.choice([timedelta(minutes=20), timedelta(days=1), timedelta(days=9)])
        raw.now = raw.moments[-1] + timedelta(hours=2) + wait
        self._assign()
        return raw

    def _enrol(self) -> None:
        late, left = self.first + timedelta(days=25), self.first + timedelta(days=38)
        spans = {"s07": (late, None), "s08": (None, left), "s03": (self.first, None)}
        for number in range(1, 12):
            student = f"s{number:02d}"
            starts, ends = spans.get(student, (None, None))
            self.raw.enrolled.append(Enrolled(student, MATHS, starts, ends))
        for student in ("s10", "s11", "s12", "s13"):
            starts = self.first + timedelta(days=7) if student == "s11" else None
            self.raw.enrolled.append(Enrolled(student, ART, starts))

    def _practise(self, student: str, number: int) -> None:
        """Weeks of practice; some get better, some worse, s06 does nothing of their own."""
        if student == "s06":
            return
        chance = self.chance
        ability = chance.uniform(0.5, 0.95)
        slope = {9: 0.06, 10: -0.06}.get(number, chance.choice([0, 0, 0.03, -0.03]))
        often = chance.uniform(0.25, 0.8)
        stops = self.last - timedelta(days=chance.choice([0, 0, 0, 9, 20]))
        for day in each_day(self.first, stops):
            if chance.random() < (often if day.isoweekday() <= 5 else 0.1):
                weeks = (day - self.first).days / 7
                share = {3: 1.0, 4: 0.0}.get(number, ability + slope * (weeks - 4))
                self._day(student, day, share)

    def _day(self, student: str, day: date, share: float) -> None:
        chance, raw = self.chance, self.raw
        at = raw.at(day, chance.choice([0, 8, 12, 15, 19, 22]), chance.randrange(50))
        if student in ("s09", "s12", "s13") and chance.random() < 0.3:
            self._whole(student, at, share)
            return
        session = chance.choice(["", "", f"{student}-{day}"])
        skills = chance.choices([*SKILLS, *self.gifts[student]], k=2)
        for _ in range(chance.randrange(1, 9)):
            at += timedelta(seconds=chance.choice([7, 31, 64, 290, 400, 1799, 1800]))
            if at < raw.midnight(day + timedelta(days=1)):
                self._answer(student, chance.choice(skills), at, share, session)

    def _answer(self, student: str, skill: str, at: datetime, share: float, session: str) -> None:
        chance = self.chance
        sure = share in (0.0, 1.0)
        gifted, hard = self.gifts[student]
        gift = 0.25 * ((skill == gifted) - (skill == hard)) + self.ease[skill]
        right = chance.random() < (share if sure else share + gift)
        row = Answer(
            student,
            skill,
            at,
            right,
            item=chance.choice(["", f"i{chance.randrange(6)}", f"{student}{at}"]),
            seconds=chance.choice([None, None, 12, 45.5, 299, 1200]),
            hints=None if sure else chance.choice([None, None, None, 0, 0, 2]),
            session=session,
            xp=chance.choice([None, None, None, 4, 7.5]),
        )
        self.raw.answers.append(row)
        if row.item and chance.random() < 0.15:
            other = chance.choice([one for one in SKILLS if one != skill])
            both = right if sure else chance.random() < share
            self.raw.answers.append(replace(row, skill=other, right=both))
        if row.item and chance.random() < 0.15:
            again = at + timedelta(seconds=3)
            self.raw.answers.append(replace(row, at=again, right=not right or share == 1.0))

    def _whole(self, student: str, at: datetime, share: float) -> None:
        chance = self.chance
        asked = chance.choice([0, 1, 4, 9, 16])
        right = sum(chance.random() < share for _ in range(asked))
        seconds = chance.choice([None, 0, 240, 1500, 99999])
        self.raw.wholes.append(
            Whole(student, chance.choice(SKILLS), at, asked, right, seconds,
                  session=chance.choice(["", f"w{student}{at}"]), xp=chance.choice([None, 25]))
        )  # fmt: skip

    def _oddities(self) -> None:
        """One question of s02 at local midnight, one of s05 a second before, none of s01."""
        raw, day = self.raw, self.first + timedelta(days=30)
        raw.answers.append(Answer("s02", "Ratio", raw.midnight(day), right=True))
        before = raw.midnight(day) - timedelta(seconds=1)
        raw.answers.append(Answer("s05", "Ratio", before, right=True))
        raw.answers.append(Answer("s05", "Ratio", raw.midnight(day), right=False))

    def _assign(self) -> None:
        chance, raw = self.chance, self.raw
        for number in range(7):
            day = self.first + timedelta(days=chance.randrange(7 * WEEKS - 6))
            course = MATHS if number < 5 else ART
            students = tuple(one.student for one in raw.enrolled if one.course == course)
            due = raw.midnight(day + timedelta(days=chance.choice([3, 6, 12])))
            times = {one: due + timedelta(hours=chance.choice([-30, -1, 20])) for one in students}
            done = {one: at for one, at in times.items() if at < raw.now and chance.random() < 0.15}
            skills = tuple(sorted(chance.sample(SKILLS, chance.choice([1, 2]))))
            assigned, count = raw.at(day, 9), chance.choice([3, 6, 10])
            raw.work.append(
                Work(f"w{number}", course, students, skills, count, assigned, due, done)
            )
