"""`/homeroom trend <student|class> [metric] [range] [by day|week|month]`, in any order."""

import html

from sqlalchemy.orm import Session

from analytics.measures import known_metric
from analytics.reports.data.trends import CLASS_METRICS, STUDENT_METRICS
from handlers.ask import Answer, Ask
from handlers.codec import Ref
from handlers.ids import Kind
from handlers.people import Asker, saving
from handlers.pointers import report_pointer
from handlers.saving import save_report
from handlers.services import Services
from handlers.subjects import Subject, Subjects, find_subjects, own_classes, which_one
from handlers.trend_words import TypedTrend, read_end, read_start
from handlers.views.help import trend_help
from handlers.words import check_range


def trend_command(ask: Ask, services: Services) -> None:
    """Send how a student's or a class's metric goes; without a name, that of the only class."""
    typed = read_end(html.unescape(ask.words))
    if typed.name.lower() == "help":
        ask.ack(**trend_help().message())
        return
    with saving(ask, services) as (session, asker):
        typed, meant = _meant(session, asker, typed)
        check_range(typed.range, asker.viewer.today)
        if len(meant.found) == 1:
            save_report(asker, _wanted(meant.found[0], typed), ask.key, session=session)
    ask.ack(**_words(ask, asker, typed, meant, services).message())
    services.wake()


def _meant(session: Session, asker: Asker, typed: TypedTrend) -> tuple[TypedTrend, Subjects]:
    """Whom the words mean. What stands before a name is read only where no name begins so."""
    if typed.name:
        found = find_subjects(session, asker.viewer, typed.name)
        if found.found:
            return typed, found
        typed = read_start(typed)
    if not typed.name:
        return typed, own_classes(session, asker.viewer)
    found = find_subjects(session, asker.viewer, typed.name)
    if not (found.found or found.near):
        _check_last_word(session, asker, typed.name)
    return typed, found


def _check_last_word(session: Session, asker: Asker, name: str) -> None:
    """Raises InvalidInput where all words but the last mean somebody: it stands for a metric."""
    head, _, last = name.rpartition(" ")
    before = find_subjects(session, asker.viewer, head).found if head else ()
    if before:
        known = CLASS_METRICS if before[0].ref.student is None else STUDENT_METRICS
        known_metric(last.lower(), known)


def _asked(typed: TypedTrend) -> Ref:
    """What is asked for, of whomever. Raises nothing: a metric is checked where it is of whom."""
    return Ref(kind=Kind.TREND.value, metric=typed.metric, by=typed.by, range=typed.range)


def _wanted(subject: Subject, typed: TypedTrend) -> Ref:
    """The trend of one student or class. Raises InvalidInput on a metric that there is not."""
    if subject.ref.student is not None and typed.metric is not None:
        known_metric(typed.metric, STUDENT_METRICS)
    return subject.asked(_asked(typed))


def _words(
    ask: Ask, asker: Asker, typed: TypedTrend, meant: Subjects, services: Services
) -> Answer:
    if len(meant.found) == 1:
        return report_pointer(ask, asker, meant.found[0].name, services, kind=Kind.TREND)
    if not ask.words and meant.found:
        return trend_help()
    return which_one(typed.name, meant, _asked(typed), what=meant.kinds)
