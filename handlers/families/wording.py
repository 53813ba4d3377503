"""The sentences that families read, in English and Spanish: one object for each language.

They speak of one child alone, plainly and without blame; names are put in by `str.format`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.wording.printed import EN as PRINTED_EN
from analytics.wording.printed import ES as PRINTED_ES
from analytics.wording.printed import Printed
from interventions.parents import Choice, ConcernType
from school.languages import ENGLISH, SPANISH


@dataclass(frozen=True, slots=True)
class Wording:
    """What a language has. `concerns` says why we write, where no fact says it better."""

    languages: Mapping[str, str]
    concerns: Mapping[ConcernType, str]
    home: Mapping[ConcernType, tuple[str, ...]]
    choices: Mapping[Choice, str]
    titles: Mapping[bool, str]
    own_words: str
    own_words_in: str
    last_practice: str
    never: str
    missed: str
    hard: str
    late: str
    fell: str
    joined: str
    doing: str
    helps: str
    period: str
    labels: Mapping[str, str]
    questions: str
    one_question: str
    days: str
    one_day: str
    no_practice: str
    right: str
    too_few: str
    mastered: str
    more: str


def _as_printed(words: Printed) -> Mapping[str, str]:
    """What the letter calls as the printed report does."""
    said = words.family
    return {
        "right": said.right,
        "mastered": said.mastered,
        "well": said.well,
        "needs": said.needs,
        "late": said.late,
    }


EN = Wording(
    languages={ENGLISH: "English", SPANISH: "Spanish"},
    concerns={
        ConcernType.INACTIVITY: "{name} has not practised much lately.",
        ConcernType.STRUGGLING: "Some of what the class is working on is hard for {name}.",
        ConcernType.OVERDUE_WORK: "Some of {name}'s work has not been handed in yet.",
        ConcernType.DECLINING: "{name} gets fewer answers right than some weeks ago.",
        ConcernType.PRAISE: "This is good news: {name} has done well.",
        ConcernType.OTHER: "There is something about {name} to tell you.",
    },
    home={
        ConcernType.INACTIVITY: (
            "Agree on a fixed time of the day for 10 minutes of practice, and keep to it.",
            "Sit nearby for the first minutes: starting is the hardest part.",
            "Ask {name} what makes it difficult, and tell the teacher if we can help with it.",
        ),
        ConcernType.STRUGGLING: (
            "Let {name} explain one task to you in their own words; it shows where it sticks.",
            "Practise little and often: 10 minutes a day help more than an hour on Sunday.",
            "Praise the effort and not only the right answers. Mistakes are part of learning.",
        ),
        ConcernType.OVERDUE_WORK: (
            "Look together at what is still open, and start with the smallest piece.",
            "Agree on a day and an hour for each piece that is left.",
            "If there is too much of it, tell the teacher: a new date can be found.",
        ),
        ConcernType.DECLINING: (
            "Ask {name} calmly what has become harder, and listen before you advise.",
            "Make sure of enough sleep and a quiet place for the practice.",
            "Go back to something that {name} can do well, and build on it.",
        ),
        ConcernType.PRAISE: (
            "Tell {name} that you have heard of it, and what you like about it.",
            "Let {name} show you one of the tasks.",
            "Keep to what works: the same time and the same place.",
        ),
        ConcernType.OTHER: (
            "Ask {name} about school today, and listen.",
            "Tell the teacher what would help from your side.",
        ),
    },
    choices={
        Choice.THANKS: "Thank you, we will see to it",
        Choice.TALKED: "We have talked about it at home",
        Choice.CALL: "Please call me",
        Choice.MEET: "I would like to meet",
    },
    titles={False: "{teacher} writes about {name}", True: "Good news about {name}"},
    own_words="In {teacher}'s own words:",
    own_words_in="In {teacher}'s own words, in {language}, not translated:",
    last_practice="{name} last practised on {day}.",
    never="{name} has not practised yet.",
    missed="{name} has not practised for {count} school days.",
    hard="This is hard for {name} just now: {names}.",
    late="Not handed in yet: {names}.",
    fell="{name}'s share of right answers went down from {first} to {last} in {weeks} weeks.",
    joined=" and ",
    doing="How {name} is doing",
    helps="What helps at home",
    period="{first} to {last}",
    labels={
        **_as_printed(PRINTED_EN),
        "practice": "Practice",
        "last": "Last practice",
    },
    questions="{count} questions on {days}",
    one_question="1 question on {days}",
    days="{count} days",
    one_day="1 day",
    no_practice="none in these days",
    right="{percent} of {count}",
    too_few="too few questions to say",
    mastered="{count} of {total}",
    more="{names} and {count} more",
)
ES = Wording(
    languages={ENGLISH: "inglés", SPANISH: "español"},
    concerns={
        ConcernType.INACTIVITY: "Últimamente {name} ha practicado poco.",
        ConcernType.STRUGGLING: "Parte de lo que trabaja la clase le resulta difícil a {name}.",
        ConcernType.OVERDUE_WORK: "Quedan trabajos de {name} sin entregar.",
        ConcernType.DECLINING: "{name} acierta menos respuestas que hace unas semanas.",
        ConcernType.PRAISE: "Son buenas noticias: {name} ha hecho un buen trabajo.",
        ConcernType.OTHER: "Hay algo que contarle sobre {name}.",
    },
    home={
        ConcernType.INACTIVITY: (
            "Acuerden una hora fija del día para practicar 10 minutos y respétenla.",
            "Acompañe los primeros minutos: empezar es lo más difícil.",
            "Pregunte a {name} qué se lo dificulta y díganos si podemos ayudar.",
        ),
        ConcernType.STRUGGLING: (
            "Pida a {name} que le explique un ejercicio: así se ve dónde se atasca.",
            "Mejor poco y a menudo: 10 minutos al día ayudan más que una hora el domingo.",
            "Valore el esfuerzo y no solo los aciertos. Equivocarse es parte de aprender.",
        ),
        ConcernType.OVERDUE_WORK: (
            "Miren juntos lo que queda pendiente y empiecen por lo más pequeño.",
            "Acuerden un día y una hora para cada cosa que falta.",
            "Si es demasiado, dígalo en la escuela: se puede buscar otra fecha.",
        ),
        ConcernType.DECLINING: (
            "Pregunte a {name} qué se ha vuelto más difícil y escuche antes de aconsejar.",
            "Procure que duerma lo suficiente y tenga un lugar tranquilo para practicar.",
            "Vuelvan a algo que {name} hace bien y sigan desde ahí.",
        ),
        ConcernType.PRAISE: (
            "Dígale a {name} que se ha enterado y qué es lo que le gusta.",
            "Pida a {name} que le enseñe uno de los ejercicios.",
            "Mantengan lo que funciona: la misma hora y el mismo lugar.",
        ),
        ConcernType.OTHER: (
            "Pregunte a {name} cómo le va hoy en la escuela y escuche.",
            "Díganos qué ayudaría desde casa.",
        ),
    },
    choices={
        Choice.THANKS: "Gracias, nos ocuparemos de ello",
        Choice.TALKED: "Ya lo hemos hablado en casa",
        Choice.CALL: "Por favor, llámeme",
        Choice.MEET: "Quisiera una reunión",
    },
    titles={False: "{teacher} escribe sobre {name}", True: "Buenas noticias sobre {name}"},
    own_words="En palabras de {teacher}:",
    own_words_in="En palabras de {teacher}, en {language}, sin traducir:",
    last_practice="{name} practicó por última vez el {day}.",
    never="{name} todavía no ha practicado.",
    missed="{name} no ha practicado desde hace {count} días de clase.",
    hard="Ahora le resulta difícil a {name}: {names}.",
    late="Sin entregar todavía: {names}.",
    fell="Los aciertos de {name} bajaron del {first} al {last} en {weeks} semanas.",
    joined=" y ",
    doing="Cómo le va a {name}",
    helps="Qué ayuda en casa",
    period="del {first} al {last}",
    labels={
        **_as_printed(PRINTED_ES),
        "practice": "Práctica",
        "last": "Última práctica",
    },
    questions="{count} preguntas en {days}",
    one_question="1 pregunta en {days}",
    days="{count} días",
    one_day="1 día",
    no_practice="ninguna en estos días",
    right="{percent} de {count}",
    too_few="muy pocas preguntas para saberlo",
    mastered="{count} de {total}",
    more="{names} y {count} más",
)
WORDINGS: Mapping[str, Wording] = {ENGLISH: EN, SPANISH: ES}
