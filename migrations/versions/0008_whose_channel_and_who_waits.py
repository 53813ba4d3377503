"""Whose a stored channel is, who waits at the gate, and what is past its use found by its time."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

EXPIRING = sa.text("finished_at IS NULL AND expires_at IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.create_index(
            "ix_deliveries_expires",
            ["expires_at"],
            sqlite_where=EXPIRING,
            postgresql_where=EXPIRING,
        )
    with op.batch_alter_table("gates") as batch_op:
        batch_op.add_column(sa.Column("urgent_until", sa.TIMESTAMP(), nullable=True))
        batch_op.add_column(sa.Column("patient_from", sa.TIMESTAMP(), nullable=True))
    with op.batch_alter_table("users") as batch_op:
        batch_op.add_column(sa.Column("slack_channel_of", sa.String(length=20), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("users") as batch_op:
        batch_op.drop_column("slack_channel_of")
    with op.batch_alter_table("gates") as batch_op:
        batch_op.drop_column("patient_from")
        batch_op.drop_column("urgent_until")
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.drop_index("ix_deliveries_expires")
