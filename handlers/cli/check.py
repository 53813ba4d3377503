"""`app.py check`: one line for each part, good or bad, and whether all are good."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import typer
from pydantic import ValidationError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.bolt import slack_client
from bot.mail.client import Mailer, MailTrouble
from bot.mail.server import mail_sender, mail_server
from bot.settings import Settings
from handlers.cli.check_calendar import examine_calendar as calendar_words
from handlers.cli.manifest import bot_scopes
from handlers.cli.opening import open_school, read_settings
from handlers.cli.ways import needed_token, ways_in
from handlers.cli.words import EXPECTED, failure_words, settings_words
from school.errors import DeliveryFailed, HomeroomError, InvalidInput

NOT_SET = "not set"
MAIL_HINTS = {
    "no_encryption": "offers no encryption, and without it no password is said",
    "SSLCertVerificationError": "shows no certificate that is known here",
    "UnicodeEncodeError": "takes names and passwords in ASCII letters alone",
}
"""What a mail server lacks, by the code of the trouble."""
LEAST_KEY = 32
"""Characters of the key of our pages: fewer might be guessed."""
WAIT = 5.0
"""Seconds that a mail or calendar server may take to answer."""


@dataclass(frozen=True, slots=True)
class Line:
    """What was found about one part."""

    part: str
    good: bool
    words: str

    def __str__(self) -> str:
        return f"{'ok  ' if self.good else 'FAIL'} {self.part + ':':<10}{self.words}"


def run_check() -> bool:
    """Print one line for each part; whether all are good."""
    try:
        settings = read_settings()
    except ValidationError as error:
        typer.echo(str(Line("settings", False, settings_words(error))))
        return False
    lines = [
        examined(part, examine, settings)
        for part, examine in (
            ("settings", examine_settings),
            ("database", examine_database),
            ("Slack", examine_slack),
            ("mail", examine_mail),
            ("calendar", examine_calendar),
            ("pages", examine_pages),
        )
    ]
    for line in lines:
        typer.echo(str(line))
    return all(line.good for line in lines)


def examined(part: str, examine: Callable[[Settings], str], settings: Settings) -> Line:
    """The line of one part: `examine` gives its words, or raises what is wrong."""
    try:
        return Line(part, True, examine(settings))
    except EXPECTED as error:
        return Line(part, False, failure_words(error))


def examine_settings(settings: Settings) -> str:
    """Whether what Slack needs is there."""
    needed_token(settings)
    return f"{ways_in(settings)}, school time {settings.tz_default}"


def examine_database(settings: Settings) -> str:
    """Whether the database is reached and has the present layout."""
    with open_school(settings) as school:
        return f"{school.engine.dialect.name}, layout up to date"


def examine_slack(settings: Settings) -> str:
    """Whether Slack takes the tokens, and whether all permissions were given."""
    if not settings.slack_bot_token:
        raise HomeroomError("no bot token")
    answer = _asked(settings, lambda: slack_client(settings, settings.slack_bot_token).auth_test())
    if settings.slack_app_token:
        _asked(
            settings,
            lambda: slack_client(settings).apps_connections_open(
                app_token=settings.slack_app_token or ""
            ),
        )
    given = {name.lower(): value for name, value in answer.headers.items()}.get("x-oauth-scopes")
    missing = set(bot_scopes()) - set((given or "").replace(" ", "").split(","))
    if given and missing:
        raise HomeroomError(
            f"these permissions are missing: {', '.join(sorted(missing))}. Update the app from "
            "manifest.json and install it again."
        )
    return f"{answer.get('team') or answer.get('team_id') or 'reached'}, all permissions given"


def _asked(settings: Settings, ask: Callable[[], SlackResponse]) -> SlackResponse:
    try:
        return ask()
    except SlackApiError as refusal:
        raise DeliveryFailed(f"Slack says {refusal.response.get('error')}") from None
    except (SlackClientError, OSError) as failure:
        raise DeliveryFailed(
            f"{settings.slack_api_url} is not reached ({type(failure).__name__})"
        ) from None


def examine_mail(settings: Settings) -> str:
    """Whether the mail server lets us in."""
    if not settings.smtp_url:
        return f"{NOT_SET}: no e-mail is sent (SMTP_URL)"
    if not settings.mail_from:
        raise InvalidInput("MAIL_FROM", "MAIL_FROM is not set: whom is e-mail to come from?")
    host = mail_server(settings.smtp_url).host
    try:
        Mailer(settings.model_copy(update={"mail_timeout": WAIT})).check()
    except MailTrouble as trouble:
        words = f"says {trouble.said}" if trouble.said else MAIL_HINTS.get(trouble.code)
        raise DeliveryFailed(f"{host} {words or f'is not reached ({trouble.code})'}") from None
    return f"{host} lets us in, from {mail_sender(settings.mail_from).addr_spec}"


def examine_calendar(settings: Settings) -> str:
    """Whether the calendar server lets us in and has calendars."""
    return calendar_words(settings, WAIT)


def examine_pages(settings: Settings) -> str:
    """Whether e-mails can bear the addresses of pages: where these stand, and their key."""
    if not settings.public_url and not settings.secret_key:
        return f"{NOT_SET}: e-mails bear no links (PUBLIC_URL and SECRET_KEY)"
    if not settings.public_url:
        raise InvalidInput("PUBLIC_URL", "SECRET_KEY is set, and PUBLIC_URL is not: both it takes")
    if not settings.secret_key:
        raise InvalidInput("SECRET_KEY", "PUBLIC_URL is set, and SECRET_KEY is not: both it takes")
    if len(settings.secret_key) < LEAST_KEY:
        raise InvalidInput("SECRET_KEY", f"SECRET_KEY has less than {LEAST_KEY} characters")
    url = urlsplit(settings.public_url)
    if not url.hostname or url.query or url.fragment:
        raise InvalidInput("PUBLIC_URL", "PUBLIC_URL is no address such as https://homeroom.school")
    if url.scheme != "https" and url.hostname not in ("localhost", "127.0.0.1"):
        raise InvalidInput("PUBLIC_URL", "PUBLIC_URL does not begin with https://")
    return f"at {url.hostname}, signed"
