"""A student and the class that stands beside, as every report of a student sees them."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from analytics.queries import people
from school.days import DateRange


@dataclass(frozen=True, slots=True)
class StudentBeside:
    """The student, the class if there is one, and everyone enrolled in it in the range."""

    me: people.Member
    zone: ZoneInfo
    course: people.ClassHead | None
    classmates: tuple[people.Member, ...]
    days: DateRange
    now: datetime

    @property
    def everyone(self) -> tuple[people.Member, ...]:
        """The classmates, the student among them; the student alone without a class."""
        return self.classmates or (self.me,)

    @property
    def data_through(self) -> datetime | None:
        """Through when the data of the class reach; of the student too, who may be new in it."""
        return people.newest_data((self.me, *self.everyone))
