"""`app.py link`: who a teacher is in Slack, and what they teach."""

import typer

from handlers.cli.opening import open_school, read_settings, utc_now
from school.people import link_teacher


def run_link(
    slack_user_id: str,
    email: str,
    class_titles: list[str],
    *,
    admin: bool,
    workspace: str | None,
) -> None:
    """Make or find the teacher, and say what was understood. Raises HomeroomError."""
    with (
        open_school(read_settings(), workspace=workspace) as school,
        school.session_factory.begin() as session,
    ):
        user = link_teacher(
            session,
            slack_user_id,
            email,
            class_titles,
            admin,
            workspace_id=school.workspace_id,
            now=utc_now(),
        )
        name, role = user.name, user.role
    taught = f", who teaches {', '.join(class_titles)}" if class_titles else ""
    typer.echo(f"{slack_user_id} is {name} ({role}){taught}.")
