"""Who counts as a visitor, how often one may come, and what is read of a form."""

from datetime import timedelta

import pytest

from handlers.pages.rates import Rate, client_key
from handlers.pages.records import read_form
from handlers.pages.visits import is_laid_out, is_late_enough, may_be_visit
from tests.handlers.conftest import Clock
from tests.handlers.pages.conftest import PERSON, STYLE


@pytest.mark.parametrize(
    ("headers", "may"),
    [
        (PERSON, True),
        ({**PERSON, "sec-fetch-dest": "iframe"}, False),
        ({**PERSON, "sec-fetch-mode": "cors"}, False),
        ({**PERSON, "purpose": "prefetch"}, False),
        ({**PERSON, "user-agent": ""}, False),
        ({**PERSON, "sec-ch-ua": '"HeadlessChrome";v="140"'}, False),
        ({**PERSON, "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, False),
        ({"user-agent": PERSON["user-agent"]}, False),
    ],
)
def test_what_may_be_a_persons_visit(headers: dict[str, str], may: bool) -> None:
    assert may_be_visit(headers) is may


def test_what_lays_a_page_out() -> None:
    assert is_laid_out(STYLE)
    assert not is_laid_out({**STYLE, "sec-purpose": "prefetch"})
    assert not is_laid_out(PERSON)


def test_before_the_mail_and_in_its_first_minute_nobody_is_a_visitor() -> None:
    now = Clock()()
    assert not is_late_enough(None, now, scans_for=60)
    assert not is_late_enough(now - timedelta(seconds=59), now, scans_for=60)
    assert is_late_enough(now - timedelta(seconds=60), now, scans_for=60)


def test_rates_begin_anew_each_minute() -> None:
    rate = Rate(2)
    assert [rate.takes("one", 60.0) for _ in range(3)] == [True, True, False]
    assert rate.takes("other", 61.0)
    assert rate.takes("one", 120.0)


def test_a_household_of_ipv6_is_one_client() -> None:
    assert client_key("2001:db8::1") == client_key("2001:db8::ffff") != client_key("2001:db9::1")
    assert client_key("192.0.2.7") == "192.0.2.7"
    assert client_key(None) == client_key("testclient") == ""


def test_forms_are_read_without_control_characters() -> None:
    form = read_form(b"words=a%0D%0Ab%00%1Bc&words=d&choice=&n=%ff")
    assert form == {"words": "a\nbc", "choice": "", "n": "\ufffd"}
