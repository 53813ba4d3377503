"""Listed skills, and from where on assignments are counted"""

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('assignment_students', schema=None) as batch_op:
        batch_op.add_column(sa.Column('counted_from', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('questions_before', sa.Integer(), server_default=sa.text('0'), nullable=False))
        batch_op.add_column(sa.Column('correct_before', sa.Integer(), server_default=sa.text('0'), nullable=False))

    with op.batch_alter_table('skills', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_listed', sa.Boolean(), server_default=sa.text('FALSE'), nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('skills', schema=None) as batch_op:
        batch_op.drop_column('is_listed')

    with op.batch_alter_table('assignment_students', schema=None) as batch_op:
        batch_op.drop_column('correct_before')
        batch_op.drop_column('questions_before')
        batch_op.drop_column('counted_from')

