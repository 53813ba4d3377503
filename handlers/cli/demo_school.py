"""The demo's own database: made once a day, and anew whenever the code that makes it changes."""

import hashlib
from datetime import date
from pathlib import Path

from handlers.cli.opening import utc_now
from school.database import make_engine, make_session_factory
from school.demo import build_demo_school
from school.migrate import upgrade

ROOT = Path(__file__).parent.parent.parent
FOLDER = Path("demo-data")
MAKERS = ("school/**/*.py", "migrations/versions/*.py")


def demo_database(folder: Path = FOLDER, *, fresh: bool = False) -> Path:
    """The file of today's demo school; made here, and older ones removed, where there is none.

    `fresh` makes it anew in any case. The school's term ends today, so it lasts a day.
    """
    now = utc_now()
    path = folder / f"homeroom-demo-{_stamp(now.date())}.db"
    if fresh or not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("homeroom-demo-*"):
            old.unlink()
        # Under another name until it is whole: an interrupted build is never taken for a school.
        unfinished = folder / "homeroom-demo-unfinished.db"
        engine = make_engine(f"sqlite:///{unfinished}")
        upgrade(engine)
        build_demo_school(make_session_factory(engine), now=now)
        engine.dispose()
        unfinished.rename(path)
    return path


def _stamp(day: date) -> str:
    digest = hashlib.sha256()
    for pattern in MAKERS:
        for file in sorted(ROOT.glob(pattern)):
            digest.update(file.read_bytes())
    return f"{day.isoformat()}-{digest.hexdigest()[:8]}"
