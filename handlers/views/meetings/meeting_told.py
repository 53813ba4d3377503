"""How far the e-mails about a meeting's latest change have come, in words for its card."""

from collections.abc import Sequence

from analytics.wording import clock_words, joined
from handlers.views.limits import shorten
from interventions.meetings.shapes import MeetingView, News, NewsState

MOST_NAMED = 3
"""So many whom no e-mail has reached are named."""


def told_words(view: MeetingView) -> str:
    """Who is invited and told by e-mail, and when; who was; and whom nothing has reached."""
    news = [one.news for one in view.attendees if one.news is not None]
    parts = [
        *_said([one for one in news if one.invites], "invited by e-mail", view.zone),
        *_said([one for one in news if not one.invites], "told by e-mail", view.zone),
        *_said(view.uninvited, "told by e-mail not to come", view.zone),
        _unreached(view),
    ]
    return " · ".join(one for one in parts if one)


def _said(news: Sequence[News], how: str, zone: str) -> tuple[str, str]:
    """Those who have heard, and those who are to hear."""
    heard = sum(one.state is NewsState.SENT for one in news)
    due = [one.at for one in news if one.state is NewsState.WAITING]
    done = f"{_people(heard)} {how}" if heard else ""
    if not due:
        return done, ""
    verb = "is" if len(due) == 1 else "are"
    return done, f"{_people(len(due))} {verb} {how} at {clock_words(max(due), zone)}"


def _unreached(view: MeetingView) -> str:
    """Whom no e-mail has reached."""
    failed = [
        shorten(one.name or one.address_hint or "somebody", "name")
        for one in view.attendees
        if one.news is not None and one.news.state is NewsState.FAILED
    ]
    rest = len(failed) - MOST_NAMED
    named = [*failed[:MOST_NAMED], f"{rest} more"] if rest > 0 else failed
    return f"no e-mail has reached {joined(named)}" if named else ""


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
