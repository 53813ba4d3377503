"""Settings come from the environment and `.env`, and say what is wrong with them."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import GivenSettings, Settings


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("PORT", "HOST", "DATABASE_URL", "SLACK_API_URL", "TZ_DEFAULT"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_the_defaults_are_those_of_the_contract() -> None:
    settings = Settings()
    assert settings.database_url == "sqlite:///homeroom.db"
    assert (settings.host, settings.port) == ("127.0.0.1", 3000)
    assert settings.slack_api_url == "https://slack.com/api/"
    assert str(settings.zone) == "America/New_York"


def test_the_environment_comes_before_the_file(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (elsewhere / ".env").write_text("PORT=4000\nHOST=0.0.0.0\nUNKNOWN=1\n")
    monkeypatch.setenv("PORT", "5000")
    assert (Settings().port, Settings().host) == (5000, "0.0.0.0")


def test_an_empty_variable_is_none_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")
    assert Settings().port == 3000


def test_the_machinerys_variables_have_a_word_in_front(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOMEROOM_LEASE", "7")
    assert Settings().lease == 7
    assert Settings().lease_time.total_seconds() == 7


@pytest.mark.parametrize("given", ["http://127.0.0.1:9/api", "http://127.0.0.1:9/api/"])
def test_the_slack_address_may_lack_its_last_slash(given: str) -> None:
    assert Settings(slack_api_url=given).slack_api_url == "http://127.0.0.1:9/api/"


def test_an_unknown_zone_is_refused_by_its_name() -> None:
    with pytest.raises(ValidationError, match="TZ_DEFAULT is 'Mars/Base'"):
        Settings(tz_default="Mars/Base")


def test_given_settings_take_nothing_from_outside(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (elsewhere / ".env").write_text("PORT=4000\n")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-real")
    settings = GivenSettings(host="localhost")
    assert (settings.port, settings.slack_bot_token, settings.host) == (3000, None, "localhost")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "70000"),
        ("PORT", "-1"),
        ("LOG_LEVEL", "loud"),
        ("HOMEROOM_SEND_TIMEOUT", "-5"),
        ("HOMEROOM_LISTENER_THREADS", "0"),
    ],
)
def test_a_setting_that_would_break_the_start_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as refusal:
        Settings()
    (problem,) = refusal.value.errors()
    assert str(problem["loc"][0]).upper() == name
