"""Leo, who finds Fractions hard, and four classmates who have mastered them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from interventions.tutoring import Candidate, assign_peer_tutor, tutor_pool
from school.access import Viewer, viewer_of
from school.mastery import Mastery
from school.models import Student, TutoringPair, User
from tests.interventions.assignments.classroom import Classroom, days_ago, lay_out_practice
from tests.interventions.staff import NOW, Staff

NAMES = ("Ida Moon", "Max Reed", "Pia Song", "Tom Vale")


@dataclass
class Classmates:
    """Ids by name; `fractions` is what Leo needs help with."""

    room: Classroom
    fractions: int
    ids: dict[str, int]

    @property
    def session(self) -> Session:
        return self.room.session

    @property
    def staff(self) -> Staff:
        return self.room.staff

    def viewer(self, user: int | None = None) -> Viewer:
        """Ms Ruiz, or somebody else."""
        found = self.session.get_one(User, user or self.staff.ruiz)
        return viewer_of(self.session, found, now=NOW)

    def student(self, name: str) -> Student:
        return self.session.get_one(Student, self.ids[name])

    def can_help(self, seed: str = "", skill: int | None = None) -> tuple[Candidate, ...]:
        """Who is offered for Leo."""
        pool = tutor_pool(self.session, self.viewer(), self.staff.leo, NOW)
        return pool.candidates(skill or self.fractions, seed)

    def names(self, seed: str = "") -> list[str]:
        return [one.name for one in self.can_help(seed)]

    def ask(self, name: str, now: datetime = NOW, **more: Any) -> TutoringPair:
        """Ms Ruiz asks somebody to help Leo with Fractions, unless something else is said."""
        given: dict[str, Any] = {"teacher": self.staff.ruiz, "student": self.staff.leo, **more}
        people = given.pop("teacher"), given.pop("student"), self.ids[name]
        skill = given.pop("skill_id", self.fractions)
        return assign_peer_tutor(*people, session=self.session, now=now, skill_id=skill, **given)


def lay_out_classmates(session: Session, staff: Staff) -> Classmates:
    """Leo needs work on Fractions; the others have mastered them, and Ida has an address."""
    room = lay_out_practice(session, staff)
    fractions = room.skill("Fractions")
    room.practised(staff.leo, fractions, 20, 9, Mastery.NEEDS_WORK)
    room.practised(staff.leo, fractions, 10, 5, Mastery.NEEDS_WORK, days_ago(1))
    ids = {name: room.another(name) for name in NAMES}
    for one in ids.values():
        room.practised(one, fractions, 20, 19, Mastery.MASTERED)
    session.get_one(Student, ids["Ida Moon"]).email = "ida@school.test"
    session.flush()
    return Classmates(room, fractions, ids)
