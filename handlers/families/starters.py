"""What a teacher might write to a family: a first text, filled in from facts and theirs to change.

The facts themselves stand above it in the letter; it says what the teacher asks for.
"""

from analytics.reports.data import StudentReport
from handlers.families.facts import skills_in
from interventions.parents import ConcernType
from school.languages import ENGLISH, SPANISH
from school.mastery import Mastery

_TEXTS = {
    ENGLISH: {
        ConcernType.INACTIVITY: (
            "I would like {name} to get going again. Could you agree on 10 minutes of practice "
            "today? If something makes it difficult just now, please let me know."
        ),
        ConcernType.STRUGGLING: (
            "We will go over {skill} again in class. A few minutes of practice at home would help "
            "{name} a lot this week. Please ask me if you would like to know how."
        ),
        ConcernType.OVERDUE_WORK: (
            "Could you look at {work} together with {name}? If it is too much at the moment, tell "
            "me, and we will find another date."
        ),
        ConcernType.DECLINING: (
            "{name} can do better than this, as earlier weeks have shown. Has anything changed "
            "that I should know about? I would be glad to talk."
        ),
        ConcernType.PRAISE: (
            "I wanted you to hear this from me: {name} has worked well lately{praise}. Please pass "
            "on my praise."
        ),
        ConcernType.OTHER: "",
    },
    SPANISH: {
        ConcernType.INACTIVITY: (
            "Me gustaría que {name} volviera a practicar. ¿Podrían acordar 10 minutos de práctica "
            "hoy? Si algo lo dificulta en este momento, por favor, avíseme."
        ),
        ConcernType.STRUGGLING: (
            "En clase volveremos a trabajar {skill}. Unos minutos de práctica en casa le ayudarían "
            "mucho a {name} esta semana. Pregúnteme si quiere saber cómo."
        ),
        ConcernType.OVERDUE_WORK: (
            "¿Podrían mirar juntos {work}? Si ahora es demasiado, dígamelo y buscaremos otra fecha."
        ),
        ConcernType.DECLINING: (
            "{name} puede hacerlo mejor, como mostró hace unas semanas. ¿Ha cambiado algo que yo "
            "deba saber? Con gusto hablamos."
        ),
        ConcernType.PRAISE: (
            "Quería que lo supieran por mí: {name} ha trabajado muy bien últimamente{praise}. Por "
            "favor, denle mi enhorabuena."
        ),
        ConcernType.OTHER: "",
    },
}
_SKILL = {ENGLISH: "what is hard", SPANISH: "lo que le resulta difícil"}
_WORK = {ENGLISH: "what is still open", SPANISH: "lo que queda pendiente"}
_WELL = {ENGLISH: ", above all in {skill}", SPANISH: ", sobre todo en {skill}"}


def starter(report: StudentReport, concern: ConcernType, name: str, language: str) -> str:
    """A first text about a concern; empty where only the teacher knows."""
    hard, good = (skills_in(report, one) for one in (Mastery.NEEDS_WORK, Mastery.MASTERED))
    late = [one.title for one in report.assignments.overdue] if report.assignments else []
    return _TEXTS[language][concern].format(
        name=name,
        skill=hard[0] if hard else _SKILL[language],
        work=f"“{late[0]}”" if len(late) == 1 else _WORK[language],
        praise=_WELL[language].format(skill=good[0]) if good else "",
    )
