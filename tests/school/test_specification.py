"""The four tables of the specification have its columns, types and defaults to the letter."""

import pytest
from sqlalchemy import inspect

from school.database import make_engine
from school.migrate import upgrade

# column: (type, nullable, default, refers to)
Column = tuple[str, bool, str | None, str | None]
TABLES: dict[str, dict[str, Column]] = {
    "teacher_messages": {
        "id": ("INTEGER", False, None, None),
        "teacher_id": ("INTEGER", False, None, "users"),
        "student_id": ("INTEGER", False, None, "students"),
        "message": ("TEXT", False, None, None),
        "template_id": ("INTEGER", True, None, "message_templates"),
        "sent_at": ("TIMESTAMP", False, "CURRENT_TIMESTAMP", None),
        "read_at": ("TIMESTAMP", True, None, None),
        "is_read": ("BOOLEAN", True, "FALSE", None),
    },
    "message_templates": {
        "id": ("INTEGER", False, None, None),
        "category": ("VARCHAR(50)", False, None, None),
        "title": ("VARCHAR(200)", False, None, None),
        "content": ("TEXT", False, None, None),
        "variables": ("JSON", True, None, None),
        "created_at": ("TIMESTAMP", True, "CURRENT_TIMESTAMP", None),
    },
    "interventions": {
        "id": ("INTEGER", False, None, None),
        "teacher_id": ("INTEGER", False, None, "users"),
        "student_id": ("INTEGER", False, None, "students"),
        "alert_id": ("INTEGER", True, None, "alerts"),
        "intervention_type": ("VARCHAR(50)", False, None, None),
        "action_taken": ("TEXT", False, None, None),
        "resolution_notes": ("TEXT", True, None, None),
        "created_at": ("TIMESTAMP", True, "CURRENT_TIMESTAMP", None),
        "resolved_at": ("TIMESTAMP", True, None, None),
        "is_resolved": ("BOOLEAN", True, "FALSE", None),
        "effectiveness_rating": ("INTEGER", True, None, None),
    },
    "meetings": {
        "id": ("INTEGER", False, None, None),
        "teacher_id": ("INTEGER", False, None, "users"),
        "student_id": ("INTEGER", False, None, "students"),
        "meeting_type": ("VARCHAR(50)", False, None, None),
        "scheduled_at": ("TIMESTAMP", False, None, None),
        "duration_minutes": ("INTEGER", True, "30", None),
        "location": ("VARCHAR(200)", True, None, None),
        "notes": ("TEXT", True, None, None),
        "status": ("VARCHAR(20)", True, "'scheduled'", None),
        "created_at": ("TIMESTAMP", True, "CURRENT_TIMESTAMP", None),
    },
}


@pytest.mark.parametrize("table", TABLES)
def test_specified_columns_stand_as_written(table: str, database_url: str) -> None:
    engine = make_engine(database_url)
    upgrade(engine)
    inspector = inspect(engine)
    columns = {column["name"]: column for column in inspector.get_columns(table)}
    foreign = {
        key["constrained_columns"][0]: key["referred_table"]
        for key in inspector.get_foreign_keys(table)
    }
    found = {
        name: (
            str(columns[name]["type"]),
            columns[name]["nullable"],
            _default(columns[name]["default"]) if name != "id" else None,
            foreign.get(name),
        )
        for name in TABLES[table]
    }
    assert found == TABLES[table]
    assert inspector.get_pk_constraint(table)["constrained_columns"] == ["id"]
    engine.dispose()


def _default(value: str | None) -> str | None:
    """Defaults as the specification writes them: PostgreSQL spells types and case its own way."""
    if value is None:
        return None
    plain = value.split("::")[0]
    return plain.upper() if plain.lower() in ("false", "current_timestamp") else plain
