"""What breaks is kept and told of; it never stops the clock."""

from contextlib import AbstractContextManager
from types import TracebackType


class Kept(AbstractContextManager["Kept"]):
    """Keeps what breaks inside, whatever it is; what is to end the process passes."""

    def __init__(self) -> None:
        self._error: Exception | None = None

    @property
    def is_set(self) -> bool:
        """Whether something broke."""
        return self._error is not None

    @property
    def error(self) -> Exception:
        """What broke."""
        assert self._error is not None
        return self._error

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> bool:
        self._error = error if isinstance(error, Exception) else None
        return self.is_set
