"""A real calendar server (Radicale) as a process of its own, with accounts and calendars."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from tests.ports import free_port

USER, PASSWORD = "homeroom", "p@ss:w/rd"
"""The account that Homeroom comes in with."""
ANSWERS_WITHIN = 20.0
RIGHTS = """
[root]
user: .+
collection:
permissions: R

[all]
user: homeroom
collection: [^/]+(/.*)?
permissions: RrWw

[times]
user: times
collection: [^/]+(/.*)?
permissions: f
"""
"""`homeroom` may do everything; `times` sees when people are busy, and nothing else."""


class Radicale:
    """A running server; `url` is what CALDAV_URL says."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port

    @property
    def url(self) -> str:
        """The address with `{email}` in it, and the account's user and password."""
        return self.url_of(USER)

    def url_of(self, user: str, password: str = PASSWORD) -> str:
        """The same for another account."""
        login = f"{user}:{quote(password, safe='')}"
        return f"http://{login}@127.0.0.1:{self.port}/{{email}}/lessons/"

    def make(self, email: str) -> None:
        """Make a person's calendar."""
        folder = self._home(email)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".Radicale.props").write_text('{"tag": "VCALENDAR"}')

    def enter(self, email: str, name: str, *lines: str, zones: str = "") -> None:
        """Write an entry into a person's calendar, as another program would."""
        head = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Tests//EN\r\n{zones}BEGIN:VEVENT\r\n"
        body = "".join(f"{line}\r\n" for line in (f"UID:{name}", "DTSTAMP:20260101T000000Z"))
        rest = "".join(f"{line}\r\n" for line in (*lines, "END:VEVENT", "END:VCALENDAR"))
        (self._home(email) / f"{name}.ics").write_bytes((head + body + rest).encode())

    def entries(self, email: str) -> dict[str, str]:
        """What stands in a person's calendar: file name to text, unfolded."""
        texts = {one.name: one.read_text() for one in sorted(self._home(email).glob("*.ics"))}
        return {name: text.replace("\n ", "") for name, text in texts.items()}

    def clear(self, email: str) -> None:
        """Take a person's calendar away with all that stands in it."""
        if (own := self._home(email).parent).exists():
            shutil.rmtree(own)

    def _home(self, email: str) -> Path:
        return self.folder / "collection-root" / email / "lessons"


@contextmanager
def running(folder: Path) -> Iterator[Radicale]:
    """Start a server that keeps its calendars in a folder, and end it afterwards."""
    (folder / "users").write_text(f"{USER}:{PASSWORD}\ntimes:{PASSWORD}\n")
    (folder / "rights").write_text(RIGHTS)
    port = free_port()
    options = {
        "--server-hosts": f"127.0.0.1:{port}",
        "--storage-filesystem-folder": str(folder),
        "--auth-type": "htpasswd",
        "--auth-htpasswd-filename": str(folder / "users"),
        "--auth-htpasswd-encryption": "plain",
        "--auth-delay": "0",
        "--rights-type": "from_file",
        "--rights-file": str(folder / "rights"),
        "--logging-level": "error",
    }
    words = [word for pair in options.items() for word in pair]
    process = subprocess.Popen([sys.executable, "-m", "radicale", "--config", "", *words])
    try:
        _wait_for(f"http://127.0.0.1:{port}/.web/")
        yield Radicale(folder, port)
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(address: str) -> None:
    """Return once the server answers, whatever it says. Raises TimeoutError."""
    ends = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < ends:
        try:
            urlopen(Request(address), timeout=5).close()
            return
        except HTTPError as answered:
            answered.close()
            return
        except (URLError, OSError):
            time.sleep(0.05)
    raise TimeoutError("the calendar server does not answer")
