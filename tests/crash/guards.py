"""Guards in the database itself: a delivery that goes back on what was saved breaks the write."""

from sqlalchemy import Engine, TextClause, text

FENCE, ENDED = "the fence went back", "what was sent is open again"

SQLITE = """
CREATE TRIGGER guard BEFORE UPDATE ON deliveries BEGIN
  SELECT RAISE(ABORT, 'the fence went back') WHERE NEW.fence < OLD.fence;
  SELECT RAISE(ABORT, 'what was sent is open again')
    WHERE OLD.state = 'sent' AND (NEW.state <> 'sent' OR NEW.fence <> OLD.fence);
END
"""
POSTGRESQL = """
CREATE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.fence < OLD.fence THEN RAISE 'the fence went back'; END IF;
  IF OLD.state = 'sent' AND (NEW.state <> 'sent' OR NEW.fence <> OLD.fence) THEN
    RAISE 'what was sent is open again';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON deliveries FOR EACH ROW EXECUTE FUNCTION guard();
"""


def set_guards(engine: Engine) -> None:
    """Have the database refuse such a write, which then shows as a delivery that broke."""
    statement = SQLITE if engine.dialect.name == "sqlite" else POSTGRESQL
    with engine.begin() as connection:
        connection.execute(text(statement.replace(":", r"\:")))


def is_sound(engine: Engine) -> list[str]:
    """What the database itself finds wrong; nothing when it is sound."""
    checks = _sqlite_checks if engine.dialect.name == "sqlite" else _postgres_checks
    return checks(engine)


def _sqlite_checks(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        found = connection.execute(text("PRAGMA integrity_check")).scalars().all()
        loose = connection.execute(text("PRAGMA foreign_key_check")).all()
    return [each for each in found if each != "ok"] + [str(each) for each in loose]


def _postgres_checks(engine: Engine) -> list[str]:
    """Each table read by its rows and by its key, each page's checksum with it."""
    wrong = []
    for table in ("deliveries", "timers", "card_copies", "gates", "audit_entries"):
        counts = []
        for way in ("enable_seqscan", "enable_indexscan, enable_indexonlyscan, enable_bitmapscan"):
            with engine.begin() as connection:
                for setting in way.split(", "):
                    connection.execute(text(f"SET LOCAL {setting} = off"))
                counts.append(connection.execute(_digest(table)).one())
        if counts[0] != counts[1]:
            wrong.append(f"{table}: {counts[0]} by its index, {counts[1]} by its rows")
    return wrong


def _digest(table: str) -> TextClause:
    key = "id::text" if table != "gates" else "method || ' ' || channel"
    query = f"SELECT count(*), md5(string_agg({key}, ',' ORDER BY {key})) FROM {table}"
    return text(f"{query} WHERE workspace_id = 1")
