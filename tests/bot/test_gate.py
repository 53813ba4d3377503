from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import accumulate, count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.gate import POST, Gate, Rate, Wait, bursting, steady
from school.database import SessionFactory, make_engine, make_session_factory
from school.models import Base
from tests.bot.conftest import lay_out_school
from tests.bot.support import quick_settings

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
Reserve = Callable[..., datetime | None]


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def reserver(session_factory: SessionFactory, gate: Gate) -> Reserve:
    """Passes the gate once, in a transaction of its own, at so many seconds past noon."""

    def reserve(
        method: str, channel: str = "", at: float = 0, workspace: int = 1
    ) -> datetime | None:
        with session_factory.begin() as session:
            wait = gate.reserve(session, workspace, method, channel, after(at))
        return wait.until if wait is not None else None

    return reserve


@pytest.fixture
def school(sqlite_factory: SessionFactory) -> SessionFactory:
    lay_out_school(sqlite_factory)
    return sqlite_factory


@pytest.fixture
def any_school(session_factory: SessionFactory) -> SessionFactory:
    """The same on SQLite and on PostgreSQL."""
    lay_out_school(session_factory)
    return session_factory


def test_a_channel_gets_one_post_a_second(any_school: SessionFactory) -> None:
    reserve = reserver(any_school, Gate(quick_settings(posts_per_channel=1)))
    assert reserve(POST, "D1") is None
    assert reserve(POST, "D1", 0.4) == after(1)
    assert reserve(POST, "D2", 0.4) is None
    assert reserve(POST, "D1", 1) is None


def test_a_workspace_gets_so_many_posts_a_minute_over_all_channels(school: SessionFactory) -> None:
    reserve = reserver(school, Gate(quick_settings(posts_per_minute=300)))
    assert reserve(POST, "D1") is None
    assert reserve(POST, "D2", 0.1) == after(0.2)
    assert reserve(POST, "D2", 0.2) is None


def test_what_one_rate_stops_the_other_does_not_count(school: SessionFactory) -> None:
    gate = Gate(quick_settings(posts_per_channel=1, posts_per_minute=300))
    reserve = reserver(school, gate)
    assert reserve(POST, "D1") is None
    assert reserve(POST, "D1", 0.3) == after(1)
    assert reserve(POST, "D2", 0.3) is None


def test_a_wait_for_all_channels_is_told_from_one_for_a_single_channel(
    school: SessionFactory,
) -> None:
    gate = Gate(quick_settings(posts_per_channel=1, posts_per_minute=300))
    with school.begin() as session:
        assert gate.reserve(session, 1, POST, "D1", NOON) is None
        each = timedelta(seconds=0.2)
        assert gate.reserve(session, 1, POST, "D1", NOON) == Wait(after(1), False, each)
        assert gate.reserve(session, 1, POST, "D2", NOON) == Wait(after(0.2), True, each)


def test_two_processes_share_one_gate(any_school: SessionFactory) -> None:
    settings = quick_settings(posts_per_channel=1)
    first, second = (reserver(any_school, Gate(settings)) for _ in range(2))
    assert first(POST, "D1") is None
    assert second(POST, "D1", 0.5) == after(1)


def test_one_of_many_at_the_same_moment_gets_through(any_school: SessionFactory) -> None:
    reserve = reserver(any_school, Gate(quick_settings(posts_per_channel=1)))
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda _n: reserve(POST, "D1"), range(12)))
    assert answers.count(None) == 1


def test_a_rate_of_zero_is_no_limit_and_writes_nothing(school: SessionFactory) -> None:
    gate = Gate(quick_settings())
    reserve = reserver(school, gate)
    assert [reserve(POST, "D1") for _ in range(5)] == [None] * 5
    assert not gate.is_counted(POST, "D1")


@pytest.mark.parametrize(
    ("method", "burst"),
    [("users.list", 10), ("chat.update", 25), ("files.info", 50)],
)
def test_methods_have_the_rates_of_their_tier(
    school: SessionFactory, method: str, burst: int
) -> None:
    settings = quick_settings(tier2_per_minute=20, tier3_per_minute=50, tier4_per_minute=100)
    reserve = reserver(school, Gate(settings))
    answers = [reserve(method) for _ in range(burst + 1)]
    assert answers[:burst] == [None] * burst
    assert answers[burst] == after(60 / burst)


@pytest.mark.parametrize("method", ["views.open", "users.info"])
def test_what_a_person_waits_for_knows_no_rate_of_ours(school: SessionFactory, method: str) -> None:
    reserve = reserver(school, Gate(quick_settings(tier4_per_minute=1, tier3_per_minute=1)))
    assert [reserve(method) for _ in range(3)] == [None] * 3


def test_a_ban_holds_in_every_process_for_its_method_and_workspace(
    any_school: SessionFactory,
) -> None:
    told, other = Gate(quick_settings()), Gate(quick_settings())
    assert told.ban(any_school, 1, "views.open", 30, NOON) == after(30.05)
    reserve = reserver(any_school, other)
    assert reserve("views.open", at=30) == after(30.05)
    assert reserve("views.open", at=30.05) is None
    assert reserve("views.update") is None
    assert other.held_until(any_school, 1, "views.open", NOON) == after(30.05)
    assert other.held_until(any_school, 1, "views.open", after(31)) is None
    assert other.banned(1, "views.open", NOON) is None
    assert told.banned(1, "views.open", NOON) == after(30.05)


def test_a_shorter_ban_does_not_end_a_longer_one(school: SessionFactory) -> None:
    gate, other = Gate(quick_settings()), Gate(quick_settings())
    gate.ban(school, 1, POST, 30, NOON)
    gate.ban(school, 1, POST, 1, NOON)
    other.ban(school, 1, POST, 1, NOON)
    fresh = Gate(quick_settings())
    assert fresh.held_until(school, 1, POST, NOON) == after(30.05)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SessionFactory]:
    """One database for all examples of a property."""
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('gate')}/homeroom.db")
    Base.metadata.create_all(engine)
    factory = make_session_factory(engine)
    lay_out_school(factory)
    yield factory
    engine.dispose()


NEVER_USED = count()


@settings(max_examples=25, deadline=None)
@given(
    per_minute=st.integers(2, 60),
    waits=st.lists(st.floats(0, 4), min_size=1, max_size=60),
)
def test_no_minute_ever_holds_more_than_the_rate(
    lasting: SessionFactory, per_minute: int, waits: list[float]
) -> None:
    reserve = reserver(lasting, Gate(quick_settings(tier3_per_minute=per_minute)))
    method, passed = f"conversations.{next(NEVER_USED)}", []
    for at in accumulate(waits):
        if reserve(method, at=at) is None:
            passed.append(at)
    for begin in passed:
        assert len([at for at in passed if begin <= at < begin + 60]) <= per_minute


def test_a_steady_rate_has_nothing_in_advance() -> None:
    assert steady(2) == Rate(timedelta(seconds=0.5), timedelta())
    assert steady(0) is None
    assert bursting(0, 0.5) is None


def test_what_nobody_waits_for_leaves_its_turn_to_a_person(any_school: SessionFactory) -> None:
    gate = Gate(quick_settings(posts_per_minute=300))
    ask = asker(any_school, gate)
    assert ask("D1", 0, patient=True) is None
    assert ask("D2", 0.1) == after(0.2)
    assert ask("D3", 0.2, patient=True) == after(1)
    assert ask("D2", 0.21) is None


def test_a_person_who_went_away_holds_nobody_up(any_school: SessionFactory) -> None:
    ask = asker(any_school, Gate(quick_settings(posts_per_minute=300)))
    assert ask("D1", 0, patient=True) is None
    assert ask("D2", 0.1) == after(0.2)
    assert ask("D3", 0.3, patient=True) == after(1)
    assert ask("D3", 1, patient=True) is None
    assert ask("D3", 1.3, patient=True) is None


def test_one_turn_in_five_is_for_what_nobody_waits_for(any_school: SessionFactory) -> None:
    ask = asker(any_school, Gate(quick_settings(posts_per_minute=300)))
    went = {True: 0, False: 0}
    for turn in range(100):
        for patient in (True, False, False):
            went[patient] += ask("D1", turn * 0.2, patient=patient) is None
    assert sum(went.values()) == 100
    assert 18 <= went[True] <= 22


def test_half_of_a_burst_is_kept_for_people(any_school: SessionFactory) -> None:
    ask = asker(any_school, Gate(quick_settings(tier3_per_minute=50)), "conversations.open")
    patient = sum(ask("", 0, patient=True) is None for _call in range(50))
    urgent = sum(ask("", 0) is None for _call in range(50))
    assert (patient, urgent) == (13, 12)


def test_who_waits_for_one_channel_alone_holds_up_no_other(any_school: SessionFactory) -> None:
    settings = quick_settings(posts_per_minute=300, posts_per_channel=1)
    ask = asker(any_school, Gate(settings))
    assert ask("D1", 0) is None
    assert ask("D1", 0.5) == after(1)
    assert ask("D2", 0.5, patient=True) is None


@given(st.lists(st.tuples(st.integers(0, 3000), st.booleans()), max_size=60))
@settings(max_examples=25, deadline=None)
def test_no_minute_holds_more_than_the_rate_whoever_asks(asked: list[tuple[int, bool]]) -> None:
    engine = make_engine("sqlite://")
    Base.metadata.create_all(engine)
    factory = make_session_factory(engine)
    lay_out_school(factory)
    ask = asker(factory, Gate(quick_settings(tier3_per_minute=12)), "chat.update")
    moments = accumulate(gap / 100 for gap, _patient in asked)
    each = zip(moments, (patient for _gap, patient in asked), strict=True)
    went = [at for at, patient in each if ask("", at, patient=patient) is None]
    assert all(sum(at <= one < at + 60 for one in went) <= 12 for at in went)


def asker(session_factory: SessionFactory, gate: Gate, method: str = POST) -> Reserve:
    """Passes the gate for a person, or patiently, at so many seconds past noon."""

    def ask(channel: str, at: float, *, patient: bool = False) -> datetime | None:
        with session_factory.begin() as session:
            wait = gate.reserve(session, 1, method, channel, after(at), patient=patient)
        return wait.until if wait is not None else None

    return ask
