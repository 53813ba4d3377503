"""Who is at the demo school: three teachers, an administrator and a hundred students."""

from dataclasses import dataclass, field
from random import Random

from school.demo.lists import EARLY_SKILLS, FURTHER_NAMES, LATE_SKILLS, MIDDLE_SKILLS, NAMES
from school.demo.stories import ANA, CAME, LEFT, LEO, MAYA, SAM, Story, other_stories

GRADE_4, GRADE_5 = "Grade 4 Maths", "Grade 5 Maths"
GRADE_6, GRADE_7 = "Grade 6 Maths", "Grade 7 Maths"
_FIRST_NUMBER, _FURTHER_NUMBER = 1001, 1501


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
    story: Story = field(hash=False)  # It holds chances by skill, and says nothing of who it is.

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.given_name} {self.family_name}"


ELENA = DemoPerson("Elena Ruiz", "elena.ruiz@school.test", "U0RUIZ")
OMAR = DemoPerson("Omar Haddad", "omar.haddad@school.test", "U0HADDAD")
HANA = DemoPerson("Hana Mori", "hana.mori@school.test", "U0MORI")
TEACHERS = (ELENA, OMAR, HANA)
INES = DemoPerson("Ines Duarte", "ines.duarte@school.test", "U0ADMIN")
ADMINISTRATORS = (INES,)
LEO_IN_SLACK = DemoPerson("Leo Park", None, "U0LEO")

TEACHING = {
    GRADE_5: ((ELENA, "primary"),),
    GRADE_6: ((OMAR, "primary"), (ELENA, "co-teacher")),
    GRADE_4: ((HANA, "primary"),),
    GRADE_7: ((OMAR, "primary"),),
}
"""Who teaches which class."""
PRACTISED = {
    GRADE_4: EARLY_SKILLS,
    GRADE_5: MIDDLE_SKILLS,
    GRADE_6: MIDDLE_SKILLS,
    GRADE_7: LATE_SKILLS,
}
"""What each class practises, in the order in which it meets it."""

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
_COMING_AND_GOING = (
    ("Tomás", "Ribeiro", GRADE_6, CAME),
    ("Wren", "Castellano", GRADE_6, LEFT),
)
_FURTHER_SIZES = {GRADE_4: 25, GRADE_7: 23}


def demo_students(rng: Random) -> list[DemoStudent]:
    """The students of grades 5 and 6, class by class, numbered as a school would number them."""
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


def further_students(rng: Random) -> list[DemoStudent]:
    """Those of grades 4 and 7, one who came to grade 6 late and one who left it."""
    names = [(given, family) for given, _, family in (one.partition(" ") for one in FURTHER_NAMES)]
    rng.shuffle(names)
    stories = other_stories(rng) + other_stories(rng)
    people = list(_COMING_AND_GOING)
    for title, size in _FURTHER_SIZES.items():
        people += [(*names.pop(), title, stories.pop()) for _ in range(size)]
    numbers = rng.sample(range(_FURTHER_NUMBER, _FURTHER_NUMBER + 400), len(people))
    return [DemoStudent(f"S{number}", *one) for number, one in zip(numbers, people, strict=True)]
