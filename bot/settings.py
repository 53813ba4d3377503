"""The settings, read once from the environment and from `.env`, typed and checked."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from pydantic import AliasGenerator, Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import PydanticBaseSettingsSource as Source

from bot.calendar.place import calendar_place
from bot.mail.server import mail_sender, mail_server
from school.hours import is_zone

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class Machinery(BaseSettings):
    """Durations (seconds, unless the name says otherwise) and limits of the machinery.

    Their variables carry `HOMEROOM_` in front, such as `HOMEROOM_LEASE`.
    """

    send_timeout: float = Field(default=10, gt=0)
    settle_wait: float = 60
    lease: float = Field(default=60, gt=0)
    poll_interval: float = Field(default=0.5, gt=0)
    file_ready_limit: float = 20
    file_poll: float = Field(default=0.5, gt=0)
    file_share_limit: float = 120
    export_kept: float = Field(default=7 * 86_400, gt=0)
    picture_kept: float = Field(default=90 * 86_400, gt=0)
    progress_every: float = 2
    making_limit: float = 120
    give_up_after: float = 86_400
    retry_base: float = Field(default=2, gt=0)
    retry_most: float = Field(default=300, gt=0)
    posts_per_channel: float = 1
    posts_per_minute: float = 300
    tier2_per_minute: float = 20
    tier3_per_minute: float = 50
    tier4_per_minute: float = 100
    ban_margin: float = 0.25
    drawing_limit: float = 25
    late_after: float = 300
    clock_slack: float = 300
    stop_wait: float = 15
    interactive_senders: int = Field(default=8, ge=1)
    scheduled_senders: int = Field(default=2, ge=1)
    mail_senders: int = Field(default=2, ge=1)
    background_senders: int = Field(default=2, ge=1)
    drawing_processes: int = Field(default=2, ge=1)
    listener_threads: int = Field(default=32, ge=1)
    standing_wait: float = 0.5
    standing_kept: float = 600
    home_wait: float = 0.5
    notice_after: float = 1.5
    answer_wait: float = Field(default=3, gt=0)
    double_click: float = 3
    take_back: float = 30
    mail_timeout: float = Field(default=20, gt=0)
    mails_per_minute: float = 60
    mail_copies: int = Field(default=5, ge=1)
    mail_file_most: int = Field(default=3_000_000, ge=0)
    calendar_senders: int = Field(default=1, ge=1)
    calendar_timeout: float = Field(default=10, gt=0)
    calendar_wait: float = Field(default=1.5, gt=0)
    calendar_kept: float = Field(default=60, ge=0)
    tick_every: float = Field(default=5, gt=0)
    plan_every: float = Field(default=60, gt=0)
    tick_late: float = Field(default=20, gt=0)
    timers_a_tick: int = Field(default=200, ge=1)
    page_threads: int = Field(default=8, ge=1)
    page_read_limit: float = Field(default=10, gt=0)
    page_scans: float = Field(default=60, ge=0)
    page_link_per_minute: int = Field(default=60, ge=1)
    page_client_per_minute: int = Field(default=600, ge=1)


def _variable(field: str) -> str:
    return f"homeroom_{field}" if field in Machinery.model_fields else field


class Settings(Machinery):
    """Everything that can be set from outside. Variables are called as the fields, in capitals."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        populate_by_name=True,
        alias_generator=AliasGenerator(validation_alias=_variable),
    )

    database_url: str = "sqlite:///homeroom.db"
    slack_bot_token: str | None = None
    slack_app_token: str | None = None
    slack_signing_secret: str | None = None
    slack_client_id: str | None = None
    slack_client_secret: str | None = None
    slack_api_url: str = "https://slack.com/api/"
    host: str = "127.0.0.1"
    port: int = Field(default=3000, ge=0, le=65_535)
    public_url: str | None = None
    secret_key: str | None = None
    smtp_url: str | None = None
    mail_from: str | None = None
    caldav_url: str | None = None
    tz_default: str = "America/New_York"
    log_level: str = "INFO"

    @field_validator("slack_api_url")
    @classmethod
    def _end_with_slash(cls, url: str) -> str:
        return url if url.endswith("/") else url + "/"

    @field_validator("smtp_url")
    @classmethod
    def _known_server(cls, url: str | None) -> str | None:
        if url:
            mail_server(url)
        return url

    @field_validator("caldav_url")
    @classmethod
    def _known_calendars(cls, url: str | None) -> str | None:
        if url:
            calendar_place(url)
        return url

    @field_validator("mail_from")
    @classmethod
    def _known_sender(cls, sender: str | None) -> str | None:
        if sender:
            mail_sender(sender)
        return sender

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, level: str) -> str:
        if level.upper() not in LEVELS:
            raise ValueError(f"it is one of {', '.join(LEVELS)}")
        return level

    @field_validator("tz_default")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if not is_zone(zone):
            raise ValueError(f"TZ_DEFAULT is {zone!r}, which is no time zone such as Europe/London")
        return zone

    @property
    def zone(self) -> ZoneInfo:
        """The school's zone."""
        return ZoneInfo(self.tz_default)

    @property
    def sends_mail(self) -> bool:
        """Whether e-mail can be sent at all: a server is set, and whom it is from."""
        return bool(self.smtp_url and self.mail_from)

    @property
    def lease_time(self) -> timedelta:
        """How long a claimed delivery belongs to its worker."""
        return timedelta(seconds=self.lease)

    @property
    def settled_after(self) -> timedelta:
        """How long after a call without an answer it has been carried out, or never will be."""
        return timedelta(seconds=self.send_timeout + self.settle_wait)


class GivenSettings(Settings):
    """Settings that take nothing from the environment or `.env`: only what they are given."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: Source,
        *_others: Source,
        **_more: Source,
    ) -> tuple[Source, ...]:
        """Where values come from: from the caller alone."""
        return (init_settings,)
