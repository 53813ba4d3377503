"""Write the next migration: `python -m migrations.revise "what changed"`."""

import sys
import tempfile

from alembic import command

from school.database import make_engine
from school.migrate import MIGRATIONS, config_for, upgrade


def revise(message: str) -> None:
    """Compare a freshly migrated SQLite with the models and write the difference down."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/revise.db")
        upgrade(engine)
        with engine.begin() as connection:
            number = f"{len(list((MIGRATIONS / 'versions').glob('*.py'))) + 1:04d}"
            config = config_for(connection)
            command.revision(config, message=message, autogenerate=True, rev_id=number)
        engine.dispose()


if __name__ == "__main__":
    revise(sys.argv[1])
