"""Base class, column types and naming shared by all records."""

import secrets
import time
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, ClassVar

from sqlalchemy import (
    JSON,
    TIMESTAMP,
    BigInteger,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, mapped_column

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored as UTC without offset; refuses a naive one."""

    impl = TIMESTAMP
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into naive UTC. Raises ValueError on a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn stored naive UTC into an aware moment."""
        return None if value is None else value.replace(tzinfo=UTC)


class EpochMillis(TypeDecorator[datetime]):
    """An aware moment stored as whole milliseconds since 1970 (UTC): small and quick in bulk."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Turn an aware moment into milliseconds."""
        return None if value is None else to_millis(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Turn milliseconds into an aware moment."""
        return None if value is None else from_millis(value)


def to_millis(moment: datetime) -> int:
    """Whole milliseconds from 1970-01-01 UTC to an aware `moment`."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def from_millis(millis: int) -> datetime:
    """The aware UTC moment `millis` milliseconds after 1970-01-01."""
    return _EPOCH + timedelta(milliseconds=millis)


def new_id() -> int:
    """A fresh 63-bit id, growing with time: microseconds, then 11 random bits."""
    return (time.time_ns() // 1000) << 11 | secrets.randbits(11)


def id_before(moment: datetime) -> int:
    """The least id that may have been given at `moment`: those given before it are smaller."""
    return (moment - _EPOCH) // timedelta(microseconds=1) << 11


class Base(DeclarativeBase):
    """Declarative base of all records."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {datetime: UtcDateTime, dict[str, Any]: JSON, list[int]: JSON}


Key = Annotated[int, mapped_column(Integer, primary_key=True)]
BigKey = Annotated[int, mapped_column(BigInteger, primary_key=True, default=new_id)]
WorkspaceRef = Annotated[int, mapped_column(ForeignKey("workspaces.id"), index=True)]
WorkspaceKey = Annotated[int, mapped_column(ForeignKey("workspaces.id"), primary_key=True)]
UserRef = Annotated[int, mapped_column(ForeignKey("users.id"), index=True)]
StudentRef = Annotated[int, mapped_column(ForeignKey("students.id"), index=True)]
ClassRef = Annotated[int, mapped_column(ForeignKey("classes.id"), index=True)]
SkillRef = Annotated[int, mapped_column(ForeignKey("skills.id"), index=True)]
Short = Annotated[str, mapped_column(String(50))]
Name = Annotated[str, mapped_column(String(200))]
Code = Annotated[str, mapped_column(String(255))]
