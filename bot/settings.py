"""The settings, read once from the environment and from `.env`, typed and checked."""

from datetime import timedelta
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AliasChoices, Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


def _named(variable: str) -> AliasChoices:
    return AliasChoices(variable.lower(), variable)


class Settings(BaseSettings):
    """Everything that can be set from outside. Durations of the machinery are in seconds.

    The names of the variables are those of the fields in capitals; the machinery's own durations
    and limits carry `HOMEROOM_` in front, so that tests can shorten them.
    """

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", populate_by_name=True)

    database_url: str = "sqlite:///homeroom.db"
    slack_bot_token: str | None = None
    slack_app_token: str | None = None
    slack_signing_secret: str | None = None
    slack_client_id: str | None = None
    slack_client_secret: str | None = None
    slack_api_url: str = "https://slack.com/api/"
    host: str = "127.0.0.1"
    port: int = 3000
    public_url: str | None = None
    secret_key: str | None = None
    smtp_url: str | None = None
    mail_from: str | None = None
    caldav_url: str | None = None
    tz_default: str = "America/New_York"
    log_level: str = "INFO"

    send_timeout: float = Field(10, validation_alias=_named("HOMEROOM_SEND_TIMEOUT"))
    settle_wait: float = Field(60, validation_alias=_named("HOMEROOM_SETTLE_WAIT"))
    lease: float = Field(60, validation_alias=_named("HOMEROOM_LEASE"))
    poll_interval: float = Field(0.5, validation_alias=_named("HOMEROOM_POLL_INTERVAL"))
    file_ready_limit: float = Field(20, validation_alias=_named("HOMEROOM_FILE_READY_LIMIT"))
    file_poll: float = Field(0.5, validation_alias=_named("HOMEROOM_FILE_POLL"))
    give_up_after: float = Field(86_400, validation_alias=_named("HOMEROOM_GIVE_UP_AFTER"))
    retry_base: float = Field(2, validation_alias=_named("HOMEROOM_RETRY_BASE"))
    retry_most: float = Field(300, validation_alias=_named("HOMEROOM_RETRY_MOST"))
    posts_per_channel: float = Field(1, validation_alias=_named("HOMEROOM_POSTS_PER_CHANNEL"))
    posts_per_minute: float = Field(300, validation_alias=_named("HOMEROOM_POSTS_PER_MINUTE"))
    interactive_senders: int = Field(8, validation_alias=_named("HOMEROOM_INTERACTIVE_SENDERS"))
    scheduled_senders: int = Field(2, validation_alias=_named("HOMEROOM_SCHEDULED_SENDERS"))
    drawing_processes: int = Field(2, validation_alias=_named("HOMEROOM_DRAWING_PROCESSES"))
    listener_threads: int = Field(32, validation_alias=_named("HOMEROOM_LISTENER_THREADS"))

    @field_validator("slack_api_url")
    @classmethod
    def _end_with_slash(cls, url: str) -> str:
        return url if url.endswith("/") else url + "/"

    @field_validator("tz_default")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError(f"TZ_DEFAULT is {zone!r}, which is no time zone such as Europe/London")
        return zone

    @property
    def zone(self) -> ZoneInfo:
        """The school's zone."""
        return ZoneInfo(self.tz_default)

    @property
    def lease_time(self) -> timedelta:
        """How long a claimed delivery belongs to its worker."""
        return timedelta(seconds=self.lease)
