"""Who is at the demo school: two teachers, and fifty students in two classes."""

from dataclasses import dataclass
from random import Random

from school.demo.lists import NAMES
from school.demo.stories import ANA, LEO, MAYA, SAM, Story, other_stories

GRADE_5, GRADE_6 = "Grade 5 Maths", "Grade 6 Maths"
_FIRST_NUMBER = 1001


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody of the demo school who has a Slack account. `email` is None for a student."""

    name: str
    email: str | None
    slack_user_id: str


@dataclass(frozen=True, slots=True)
class DemoStudent:
    """A student: roster id, name, class and how the term goes."""

    source_id: str
    given_name: str
    family_name: str
    class_title: str
    story: Story


ELENA = DemoPerson("Elena Ruiz", "elena.ruiz@school.test", "U0RUIZ")
OMAR = DemoPerson("Omar Haddad", "omar.haddad@school.test", "U0HADDAD")
LEO_IN_SLACK = DemoPerson("Leo Park", None, "U0LEO")

TEACHING = {GRADE_5: ((ELENA, "primary"),), GRADE_6: ((OMAR, "primary"), (ELENA, "co-teacher"))}
"""Who teaches which class."""

_TOLD = (
    ("Maya", "Okafor", MAYA),
    ("Leo", "Park", LEO),
    ("Ana", "Ruiz", ANA),
    ("Sam", "O'Neil", SAM),
)
_NAMED = {
    GRADE_5: (("Emma", "Novak"), ("Олена", "Шевченко")),
    GRADE_6: (("Emma", "Novak"), ("Mia", "Olsen")),
}
"""A name borne twice, one in another script, and one that is nearly Maya's."""
_SIZES = {GRADE_5: 27, GRADE_6: 23}


def demo_students(rng: Random) -> list[DemoStudent]:
    """All students, class by class, numbered as a school would number them."""
    names = [(given, family) for given, _, family in (one.partition(" ") for one in NAMES)]
    rng.shuffle(names)
    stories = other_stories(rng)
    people = [(given, family, GRADE_5, story) for given, family, story in _TOLD]
    for title, size in _SIZES.items():
        missing = size - sum(one[2] == title for one in people)
        named = list(_NAMED[title]) + [names.pop() for _ in range(missing - len(_NAMED[title]))]
        people += [(given, family, title, stories.pop()) for given, family in named]
    numbers = rng.sample(range(_FIRST_NUMBER, _FIRST_NUMBER + 400), len(people))
    return [DemoStudent(f"S{number}", *one) for number, one in zip(numbers, people, strict=True)]
