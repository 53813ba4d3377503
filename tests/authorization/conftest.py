"""The bot without its network, and an address that takes answers to clicks."""

from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from school.database import make_engine, make_session_factory
from school.models import Base
from tests.authorization.people import lay_out
from tests.authorization.standins import Hurried, Told
from tests.authorization.world import World


@pytest.fixture(scope="module")
def response_url() -> Iterator[str]:
    """An address that takes answers to clicks."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Told)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, response_url: str) -> Iterator[World]:
    """The school and the bot."""
    file: Path = tmp_path_factory.mktemp("authorization") / "homeroom.db"
    engine = make_engine(f"sqlite:///{file}")
    Base.metadata.create_all(engine)
    factory = make_session_factory(engine)
    world = World(factory, lay_out(factory), response_url)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("slack_bolt.listener.thread_runner.time", Hurried)
        yield world
    world.threads.shutdown()
    engine.dispose()
