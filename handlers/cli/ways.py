"""Over which ways Slack reaches this process, and what is missing for that."""

from bot.settings import Settings
from school.errors import HomeroomError

WHERE = "from your app's settings at https://api.slack.com/apps (docs/slack-app.md says how)"


def needed_token(settings: Settings) -> str:
    """The bot token. Raises HomeroomError, in one line, where it or the way in is missing."""
    missing = []
    if not settings.slack_bot_token:
        missing.append("SLACK_BOT_TOKEN (xoxb-…)")
    if not settings.slack_app_token and not settings.slack_signing_secret:
        missing.append("SLACK_APP_TOKEN (xapp-…, Socket Mode) or SLACK_SIGNING_SECRET (HTTP)")
    if missing or settings.slack_bot_token is None:
        raise HomeroomError(
            f"Set {' and '.join(missing)}, in the environment or in .env, {WHERE}; "
            "or try `python app.py demo`, which needs none."
        )
    return settings.slack_bot_token


def ways_in(settings: Settings) -> str:
    """The ways in, in words."""
    ways = ["Socket Mode"] if settings.slack_app_token else []
    ways += ["signed HTTP at /slack/events"] if settings.slack_signing_secret else []
    return " and ".join(ways)
