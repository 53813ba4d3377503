"""E-mail addresses that mail servers take, and which of them are the same."""

import pytest

from school.addresses import address_parts, same_address

NONE = (
    *("", "ana", "@home.test", "ana@", "a..b@home.test", "josé@home.test", "a b@home.test"),
    *('"a b"@home.test', "a@b@home.test", "ana@home..test", "ana@-home.test", "ana@home.test\n"),
    *(f"{'x' * 65}@home.test", f"ana@{'x' * 64}.test", f"ana@{'x.' * 130}test"),
)


@pytest.mark.parametrize(
    ("email", "parts"),
    [
        ("o'brien+x@home.test", ("o'brien+x", "home.test")),
        ("ana@bücher.test", ("ana", "xn--bcher-kva.test")),
        ("ana@localhost", ("ana", "localhost")),
    ],
)
def test_an_address_has_two_parts(email: str, parts: tuple[str, str]) -> None:
    assert address_parts(email) == parts


@pytest.mark.parametrize("email", NONE)
def test_what_no_server_takes_is_no_address(email: str) -> None:
    with pytest.raises(ValueError, match="no e-mail address"):
        address_parts(email)


def test_one_mailbox_written_in_several_ways() -> None:
    ways = {"Ana@Home.test", " ana@home.test ", "ana@ｈome.test"}
    assert {same_address(one) for one in ways} == {"ana@home.test"}
    assert same_address("No Address") == "no address"
