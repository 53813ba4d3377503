"""The printed report for families in Spanish, as schools in the United States write it.

Figures are written as in English, `5,553` and `68 %` (docs/decisions/0023-spanish-reports.md).
"""

from datetime import date

from analytics.reports.data import Achievement, AchievementKind, Interval
from analytics.wording.dates import MONTHS, short_day
from analytics.wording.formats import MISSING, hours, percent_span, skill_words
from analytics.wording.printed.shape import Around, ForFamily, Printed, Series, Tables, Written
from school.days import DateRange
from school.languages import SPANISH
from school.mastery import Mastery

_NOUNS = {
    "question": ("pregunta", "preguntas"),
    "day": ("día", "días"),
    "school day": ("día de clase", "días de clase"),
    "week": ("semana", "semanas"),
}


def _day(day: date | None, beside: date) -> str:
    return MISSING if day is None else short_day(day, beside, SPANISH)


def _said_day(day: date | None, beside: date) -> str:
    """`12 de mayo`, with its year where that is another."""
    if day is None:
        return MISSING
    words = f"{day.day} de {MONTHS[SPANISH][day.month - 1]}"
    return words if day.year == beside.year else f"{words} de {day.year}"


def _counted(number: int, noun: str) -> str:
    one, many = _NOUNS[noun]
    return f"{number:,} {one if number == 1 else many}"


def _span(first: float | None, last: float | None) -> str:
    return percent_span(first, last, between="al")


def _interval(interval: Interval | None) -> str:
    return MISSING if interval is None else percent_span(interval.low, interval.high, between="a")


def _time(seconds: float | None) -> str:
    return hours(seconds, under="menos de 1 min")


def _period(days: DateRange) -> str:
    if days.kind == "term":
        return "en este período escolar"
    if days.kind == "all":
        return "hasta ahora"
    return "en este día" if days.days == 1 else f"en estos {days.days} días"


def _in_period(start: date, by: str, beside: date) -> str:
    words = _said_day(start, beside)
    within = {"day": "el", "week": "en la semana del", "month": "en el mes que empieza el"}
    return f"{within[by]} {words}"


def _achievement(one: Achievement) -> str:
    """What was reached; in the words of the record where its kind is not known."""
    count = f"{one.number:,}"
    match one.kind:
        case AchievementKind.QUESTIONS:
            return f"Primeras {count} preguntas"
        case AchievementKind.STREAK:
            return f"Racha de {count} días de clase"
        case AchievementKind.MASTERED:
            first = one.number == 1
            return "Primera destreza dominada" if first else f"{count} destrezas dominadas"
        case AchievementKind.BROUGHT_UP:
            return f"{skill_words(one.skill)}: de necesitar refuerzo a dominada"
    return one.name


ES = Printed(
    language=SPANISH,
    written=Written(
        day=_day,
        said_day=_said_day,
        counted=_counted,
        span=_span,
        interval=_interval,
        time=_time,
        period=_period,
        in_period=_in_period,
        achievement=_achievement,
    ),
    around=Around(
        title="Informe para la familia",
        pages="1 de 1",
        no_data="todavía sin datos",
        data_to="datos hasta el {day}, {clock}",
        made_on="{name} · hecho el {day}",
        more="{count} más",
    ),
    series=Series(
        periods={"day": "día", "week": "semana", "month": "mes"},
        accuracy="Respuestas correctas",
        questions="Preguntas",
        students="Estudiantes",
        interval="Intervalo del 95 %",
        beside="Clase",
        heading="{name} por {by}",
        numbers="Los números por {by}",
        rows={"day": "{day}", "week": "Semana del {day}", "month": "Mes desde el {day}"},
        no_accuracy="Hay muy poca práctica para mostrar su evolución.",
        alt="{name} por {by}: {ends}{then}. La tabla que sigue tiene todos los números.",
        alt_nothing="{name} por {by}: muy poca práctica.",
        alt_ends=" y ",
        alt_then="; la clase, {share} entonces",
        alt_questions="Preguntas por {by}: de {fewest} a {most}.",
    ),
    tables=Tables(
        of="{part} de {whole}",
        about="aprox. {time}",
        skills="Destrezas",
        skills_note="Respuestas correctas y preguntas de estos días; estado al final del período.",
        skill_columns=(
            *("Destreza", "Correctas", "0 a 100 %", "Preguntas", "Estado"),
            "Última práctica",
        ),
        mastery={
            Mastery.MASTERED: "dominada",
            Mastery.IN_PROGRESS: "en progreso",
            Mastery.NEEDS_WORK: "necesita refuerzo",
            Mastery.TOO_LITTLE: "muy poca práctica",
        },
        assignments="Tareas",
        assignment_columns=("Tarea", "Fecha límite", "Estado", "Respondidas", "Correctas"),
        done=(
            "De las tareas que había que entregar en estos días: {done} de {due} completadas{late}."
        ),
        done_late=", {late} con retraso",
        states={
            "completed": "completada",
            "completed late": "completada con retraso",
            "open": "pendiente",
            "overdue": "atrasada",
        },
        overdue="{state} desde hace {days}",
        answered="{answered} ({set} asignadas)",
        motivation="Puntos (XP), racha y logros",
        xp="{xp} XP en estos días, {total} en total. {streak}",
        longest="Racha más larga: {longest}.",
        streak="Racha al final de estos días: {now} con práctica.",
        streak_once="Racha al final de estos días: {now} con práctica; la más larga, {longest}.",
        reached_columns=("Logros nuevos en estos días", "Día"),
    ),
    family=ForFamily(
        none="{name} no ha practicado {when}.",
        last=" Última práctica: {day}.",
        few="{name} respondió {asked} {when}: es muy poco para saber cómo le va.",
        said="{name} respondió {asked} {when} y acertó el {right}.",
        up=" Los aciertos subieron del {ends} en {weeks}.",
        down=" Los aciertos bajaron del {ends} en {weeks}.",
        right="Respuestas correctas",
        class_average="promedio de la clase: {share}",
        questions="Preguntas",
        on_days="en {days}",
        time="Tiempo",
        mastered="Destrezas dominadas",
        glance="En resumen",
        well="Va bien",
        needs="Necesita más práctica",
        late="Sin entregar",
        idle="Sin practicar desde hace",
        meaning="Qué significan las palabras",
        meanings=(
            (
                "Dominada:",
                "ya lo hace con seguridad; unas 8 de las últimas 10 respuestas son correctas",
            ),
            ("En progreso:", "todavía lo está aprendiendo"),
            ("Necesita refuerzo:", "le ayudaría practicar más"),
            ("Muy poca práctica:", "todavía hay muy pocas respuestas para saberlo"),
            (
                "Intervalo del 95 %:",
                "con pocas preguntas influye el azar; lo más probable es que el porcentaje real "
                "esté entre los dos valores",
            ),
        ),
    ),
)
