"""Session rows, assignment progress, guardians' ids, leaderboards"""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('answers', schema=None) as batch_op:
        batch_op.add_column(sa.Column('questions', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('correct', sa.Integer(), nullable=True))

    with op.batch_alter_table('assignment_students', schema=None) as batch_op:
        batch_op.add_column(sa.Column('questions', sa.Integer(), server_default=sa.text('0'), nullable=False))
        batch_op.add_column(sa.Column('correct', sa.Integer(), server_default=sa.text('0'), nullable=False))
        batch_op.add_column(sa.Column('reached_at', sa.TIMESTAMP(), nullable=True))

    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.create_index('ix_assignments_due', ['class_id', 'due_at'], unique=False)

    with op.batch_alter_table('guardians', schema=None) as batch_op:
        batch_op.add_column(sa.Column('source_id', sa.String(length=255), nullable=True))

    with op.batch_alter_table('students', schema=None) as batch_op:
        batch_op.add_column(sa.Column('on_leaderboard', sa.Boolean(), server_default=sa.text('TRUE'), nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('students', schema=None) as batch_op:
        batch_op.drop_column('on_leaderboard')

    with op.batch_alter_table('guardians', schema=None) as batch_op:
        batch_op.drop_column('source_id')

    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.drop_index('ix_assignments_due')

    with op.batch_alter_table('assignment_students', schema=None) as batch_op:
        batch_op.drop_column('reached_at')
        batch_op.drop_column('correct')
        batch_op.drop_column('questions')

    with op.batch_alter_table('answers', schema=None) as batch_op:
        batch_op.drop_column('correct')
        batch_op.drop_column('questions')

