"""The command line's words and options. Each command loads its own parts only when it is run.

That is why imports stand inside the functions here: `import practice` needs no web server, and
`--help` nothing at all.
"""
# ruff: noqa: PLC0415

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING, Annotated, Any

import typer

from handlers.cli.words import EXPECTED, failure_words

if TYPE_CHECKING:
    from handlers.cli.demo import LocalSlack

OpenSlack = Callable[[dict[str, Any], int, socket], AbstractContextManager["LocalSlack"]]

cli = typer.Typer(
    name="app.py",
    help="Homeroom: reports for teachers in Slack.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
imports = typer.Typer(
    no_args_is_help=True,
    help="Bring a roster, practice, skills, assignments, contacts or holidays in; may be repeated.",
)
cli.add_typer(imports, name="import")

File = Annotated[Path, typer.Argument(help="The file.", show_default=False)]
Roster = Annotated[Path, typer.Argument(help="The folder or zip.", show_default=False)]
Strict = Annotated[
    bool, typer.Option("--strict", help="Take nothing in if anything is wrong with the file.")
]
Workspace = Annotated[
    str | None, typer.Option("--workspace", help="Which workspace, where there are several.")
]


def run(open_slack: OpenSlack) -> None:
    """Run the command line; an expected failure is one line of words and exit code 1."""
    try:
        cli(obj=open_slack)
    except EXPECTED as error:
        typer.echo(f"Error: {failure_words(error)}", err=True)
        sys.exit(1)


@cli.command()
def demo(
    context: typer.Context,
    fresh: Annotated[bool, typer.Option("--fresh", help="Make the school anew.")] = False,
) -> None:
    """Try it: an invented school and a local Slack, on http://localhost:8000 (or PORT)."""
    from handlers.cli.demo import run_demo

    run_demo(context.obj, fresh=fresh)


@cli.command()
def serve() -> None:
    """Answer teachers in Slack, until told to stop."""
    from handlers.cli.serve import LAST_SECONDS, leave_within, run_serve

    run_serve()
    leave_within(LAST_SECONDS)


@cli.command()
def check() -> None:
    """Look whether settings, database, Slack, mail and calendar are in order."""
    from handlers.cli.check import run_check

    if not run_check():
        raise typer.Exit(1)


@cli.command()
def link(
    slack_user_id: Annotated[str, typer.Argument(help="The member id from their Slack profile.")],
    email: Annotated[str, typer.Option("--email", help="The teacher's address.")],
    class_titles: Annotated[
        list[str] | None, typer.Option("--class", help="A class they teach; may be repeated.")
    ] = None,
    admin: Annotated[bool, typer.Option("--admin", help="They see the whole workspace.")] = False,
    workspace: Workspace = None,
) -> None:
    """Say who a teacher is in Slack, and what they teach."""
    from handlers.cli.link import run_link

    run_link(slack_user_id, email, class_titles or [], admin=admin, workspace=workspace)


@imports.command("roster")
def import_roster_command(
    path: Roster, strict: Strict = False, workspace: Workspace = None
) -> None:
    """People, classes and terms: OneRoster 1.1 or 1.2, a folder or a zip."""
    from handlers.cli.imports import run_import
    from school.imports.roster import import_roster

    _settle(run_import(import_roster, path, strict=strict, workspace=workspace))


@imports.command("practice")
def import_practice_command(
    path: File,
    class_title: Annotated[
        str | None, typer.Option("--class", help="Enrol everyone in the file in this class.")
    ] = None,
    kc: Annotated[str, typer.Option("--kc", help="The DataShop KC model.")] = "Default",
    strict: Strict = False,
    workspace: Workspace = None,
) -> None:
    """Answers or sessions: DataShop transactions or Homeroom CSV, told apart by the header."""
    from handlers.cli.imports import run_import_practice

    usable = run_import_practice(
        path, class_title=class_title, kc=kc, strict=strict, workspace=workspace
    )
    _settle(usable)


@imports.command("skills")
def import_skills_command(
    standards: Annotated[
        Path, typer.Argument(help="CSV: skill_id,name and, if you like, grade.", show_default=False)
    ],
    prerequisites: Annotated[
        Path, typer.Argument(help="CSV: prerequisite_id,skill_id.", show_default=False)
    ],
    strict: Strict = False,
    workspace: Workspace = None,
) -> None:
    """Skills, and what has to be known before each: two CSV files."""
    from handlers.cli.imports import run_import_skills

    _settle(run_import_skills(standards, prerequisites, strict=strict, workspace=workspace))


@imports.command("contacts")
def import_contacts_command(
    path: File, strict: Strict = False, workspace: Workspace = None
) -> None:
    """How students and their guardians can be reached: CSV, a row per guardian."""
    from handlers.cli.imports import run_import
    from school.imports.contacts import import_contacts

    _settle(run_import(import_contacts, path, strict=strict, workspace=workspace))


@imports.command("holidays")
def import_holidays_command(
    path: File, strict: Strict = False, workspace: Workspace = None
) -> None:
    """Days without school: an iCalendar file, or CSV with the columns date and name."""
    from handlers.cli.imports import run_import
    from school.imports.holidays import import_holidays

    _settle(run_import(import_holidays, path, strict=strict, workspace=workspace))


@imports.command("assignments")
def import_assignments_command(
    path: File, strict: Strict = False, workspace: Workspace = None
) -> None:
    """What was set to whom until when: a CSV, a row for each assignment and student."""
    from handlers.cli.imports import run_import
    from school.imports.assignments import import_assignments

    _settle(run_import(import_assignments, path, strict=strict, workspace=workspace))


def _settle(usable: bool) -> None:
    """Exit code 1 for an import of which nothing could be used."""
    if not usable:
        raise typer.Exit(1)
