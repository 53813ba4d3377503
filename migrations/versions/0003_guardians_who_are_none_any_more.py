"""Guardians who are none any more"""

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('guardians', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_active', sa.Boolean(), server_default=sa.text('TRUE'), nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('guardians', schema=None) as batch_op:
        batch_op.drop_column('is_active')

