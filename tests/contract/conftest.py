"""Each test of this folder runs against our sandbox and against npm's `emulate`."""

from collections.abc import Iterator

import pytest

from tests.contract.places import Place, npm_emulate, our_sandbox

PLACES = ["sandbox", pytest.param("emulate", marks=pytest.mark.emulate)]


@pytest.fixture(params=PLACES, scope="session")
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    """A stand-in for Slack."""
    if request.param == "sandbox":
        with our_sandbox() as ours:
            yield ours
    else:
        with npm_emulate(tmp_path_factory.mktemp("emulate")) as theirs:
            yield theirs


@pytest.fixture
def direct(place: Place) -> str:
    """The direct messages with the person."""
    return str(place.bot.conversations_open(users=place.person)["channel"]["id"])
