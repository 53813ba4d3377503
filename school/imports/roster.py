"""Importing OneRoster 1.1 or 1.2: schools, terms, classes, people and who is in which class.

Everything is read and checked before the first transaction, so that a strict import which meets
a bad row has written nothing. What a folder does not name is left as it is; rows with status
`tobedeleted` end what they name. Demographics and accounts are never read.
"""

from datetime import datetime
from pathlib import Path

from school.bulk import bulk
from school.database import SessionFactory
from school.days import local_day
from school.imports.outcome import ImportOutcome, Progress
from school.imports.roster_apply import Applying
from school.imports.roster_files import RosterProblems, read_folder
from school.imports.roster_records import Known
from school.imports.roster_rows import read_rows
from school.imports.store import Store, record_run, steps
from school.models import Class, Guardian, School, Student, Term, User
from school.progress import refresh_progress

KIND = "roster"


def import_roster(
    path: Path | str,
    *,
    session_factory: SessionFactory,
    workspace_id: int,
    strict: bool = False,
    now: datetime,
    progress: Progress | None = None,
) -> ImportOutcome:
    """Take in the roster in the folder or zip `path`; repeating it changes nothing.

    `progress` hears of rows stored, of rows read in all. With `strict` one bad row refuses the
    whole, with nothing written. Raises InvalidInput (field `path`) when it is no OneRoster
    folder or zip, or lacks files that its manifest names.
    """
    problems = RosterProblems()
    files = read_folder(Path(path), problems)
    rows = sum(map(len, files.values())) + len(problems.refused)
    with bulk(session_factory) as work:
        store = Store(work, workspace_id, steps(rows, progress))
        today = local_day(now, store.zone())
        roster = read_rows(files, _known(store), problems, today)
        if strict and problems.refused:
            return problems.outcome(rows=rows, stopped=True)
        Applying(store, roster, now, today).apply()
        record_run(store, KIND, now, rows, len(problems.refused))
    refresh_progress(session_factory, workspace_id, progress=progress)
    return problems.outcome(rows=rows, new=store.written)


def _known(store: Store) -> Known:
    emails = store.stored(User, ("email", "source_id"))
    terms = store.stored(Term, ("source_id", "starts_on", "ends_on"))
    return Known(
        schools=store.ids(School).keys(),
        terms={one["source_id"]: (one["starts_on"], one["ends_on"]) for one in terms},
        classes=store.ids(Class).keys(),
        users=store.ids(User).keys(),
        students=store.ids(Student).keys(),
        guardians=store.ids(Guardian).keys(),
        emails={one["email"]: one["source_id"] for one in emails},
    )
