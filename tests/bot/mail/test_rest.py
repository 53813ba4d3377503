"""Leaving a mail server alone that is not there."""

from datetime import UTC, datetime, timedelta

from bot.outbox.mail_rest import MailRest
from tests.bot.support import quick_settings

SETTINGS = quick_settings(retry_base=10, retry_most=80, mail_timeout=20)


class At:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def skip(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def test_nothing_rests_where_all_is_well() -> None:
    rest = MailRest(SETTINGS, At())
    assert rest.now() is None
    assert rest.begin() is None
    rest.came_through()
    assert rest.begin() is None


def test_after_a_failure_all_rest_then_one_tries_while_the_others_go_on_resting() -> None:
    clock = At()
    rest = MailRest(SETTINGS, clock)
    rest.failed("TimeoutError")
    held = rest.begin()
    assert held is not None
    assert held == rest.now()
    assert held.code == "TimeoutError"
    assert timedelta(seconds=5) <= held.until - clock.now <= timedelta(seconds=10)
    clock.skip(10)
    assert rest.now() is None
    assert rest.begin() is None
    others = rest.begin()
    assert others is not None
    assert others.until == clock.now + timedelta(seconds=20)
    rest.came_through()
    assert rest.begin() is None


def test_each_failure_in_a_row_makes_the_rest_longer() -> None:
    clock = At()
    rest = MailRest(SETTINGS, clock)
    lengths = []
    for _ in range(5):
        rest.failed("TimeoutError")
        held = rest.now()
        assert held is not None
        lengths.append((held.until - clock.now).total_seconds())
        clock.skip(100)
    assert lengths[0] <= 10 < lengths[2] <= 40 <= lengths[4] <= 80
    rest.came_through()
    rest.failed("TimeoutError")
    held = rest.now()
    assert held is not None
    assert held.until <= clock.now + timedelta(seconds=10)


def test_a_try_that_never_ended_is_followed_by_another() -> None:
    clock = At()
    rest = MailRest(SETTINGS, clock)
    rest.failed("TimeoutError")
    clock.skip(10)
    assert rest.begin() is None
    clock.skip(21)
    assert rest.begin() is None
