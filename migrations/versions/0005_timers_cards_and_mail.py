"""timers cards and mail"""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('card_copies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('card', sa.String(length=50), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(length=50), nullable=True),
    sa.Column('message_ts', sa.String(length=30), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_card_copies_user_id')),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_card_copies_workspace_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_copies')),
    sa.UniqueConstraint('workspace_id', 'card', 'subject_id', 'user_id', name=op.f('uq_card_copies_workspace_id_card_subject_id_user_id'))
    )
    with op.batch_alter_table('card_copies', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_card_copies_user_id'), ['user_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_card_copies_workspace_id'), ['workspace_id'], unique=False)

    op.create_table('timers',
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('job', sa.String(length=50), nullable=False),
    sa.Column('subject', sa.String(length=60), nullable=False),
    sa.Column('occasion', sa.String(length=60), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('due_at', sa.TIMESTAMP(), nullable=False),
    sa.Column('expires_at', sa.TIMESTAMP(), nullable=True),
    sa.Column('next_attempt_at', sa.TIMESTAMP(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('error', sa.String(length=200), nullable=True),
    sa.Column('state', sa.String(length=50), nullable=False),
    sa.Column('created_at', sa.TIMESTAMP(), nullable=False),
    sa.Column('ended_at', sa.TIMESTAMP(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_timers_user_id')),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_timers_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_timers')),
    sa.UniqueConstraint('workspace_id', 'job', 'subject', 'occasion', name=op.f('uq_timers_workspace_id_job_subject_occasion')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('timers', schema=None) as batch_op:
        batch_op.create_index('ix_timers_due', ['next_attempt_at'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.create_index(batch_op.f('ix_timers_user_id'), ['user_id'], unique=False)

    with op.batch_alter_table('alert_copies', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_alert_copies_alert_id'))
        batch_op.drop_index(batch_op.f('ix_alert_copies_user_id'))
        batch_op.drop_index(batch_op.f('ix_alert_copies_workspace_id'))

    op.drop_table('alert_copies')
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.add_column(sa.Column('medium', sa.String(length=50), server_default='slack', nullable=False))
        batch_op.add_column(sa.Column('sender_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('about', sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column('unclear', sa.Integer(), server_default=sa.text('0'), nullable=False))
        batch_op.add_column(sa.Column('retried', sa.Integer(), server_default=sa.text('0'), nullable=False))
        batch_op.add_column(sa.Column('expires_at', sa.TIMESTAMP(), nullable=True))
        batch_op.add_column(sa.Column('withdrawn_at', sa.TIMESTAMP(), nullable=True))
        batch_op.create_index('ix_deliveries_about', ['workspace_id', 'about'], unique=False, sqlite_where=sa.text('finished_at IS NULL'), postgresql_where=sa.text('finished_at IS NULL'))
        batch_op.create_foreign_key(batch_op.f('fk_deliveries_sender_id'), 'users', ['sender_id'], ['id'])

    with op.batch_alter_table('meeting_attendees', schema=None) as batch_op:
        batch_op.add_column(sa.Column('student_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('name', sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column('told_sequence', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_meeting_attendees_student_id'), 'students', ['student_id'], ['id'])

    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('class_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False))
        batch_op.add_column(sa.Column('sequence', sa.Integer(), server_default=sa.text('0'), nullable=False))
        batch_op.add_column(sa.Column('calendar_uid', sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column('outcome_notes', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('changed_at', sa.TIMESTAMP(), nullable=True))
        batch_op.create_index(batch_op.f('ix_meetings_class_id'), ['class_id'], unique=False)
        batch_op.create_index('ix_meetings_when', ['workspace_id', 'teacher_id', 'scheduled_at'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_meetings_class_id'), 'classes', ['class_id'], ['id'])



def downgrade() -> None:
    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_meetings_class_id'), type_='foreignkey')
        batch_op.drop_index('ix_meetings_when')
        batch_op.drop_index(batch_op.f('ix_meetings_class_id'))
        batch_op.drop_column('changed_at')
        batch_op.drop_column('outcome_notes')
        batch_op.drop_column('calendar_uid')
        batch_op.drop_column('sequence')
        batch_op.drop_column('version')
        batch_op.drop_column('class_id')

    with op.batch_alter_table('meeting_attendees', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_meeting_attendees_student_id'), type_='foreignkey')
        batch_op.drop_column('told_sequence')
        batch_op.drop_column('name')
        batch_op.drop_column('student_id')

    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_deliveries_sender_id'), type_='foreignkey')
        batch_op.drop_index('ix_deliveries_about', sqlite_where=sa.text('finished_at IS NULL'), postgresql_where=sa.text('finished_at IS NULL'))
        batch_op.drop_column('withdrawn_at')
        batch_op.drop_column('expires_at')
        batch_op.drop_column('retried')
        batch_op.drop_column('unclear')
        batch_op.drop_column('about')
        batch_op.drop_column('sender_id')
        batch_op.drop_column('medium')

    op.create_table('alert_copies',
    sa.Column('id', sa.INTEGER(), nullable=False),
    sa.Column('workspace_id', sa.INTEGER(), nullable=False),
    sa.Column('alert_id', sa.INTEGER(), nullable=False),
    sa.Column('user_id', sa.INTEGER(), nullable=False),
    sa.Column('channel', sa.VARCHAR(length=20), nullable=True),
    sa.Column('message_ts', sa.VARCHAR(length=20), nullable=True),
    sa.Column('version', sa.INTEGER(), nullable=False),
    sa.ForeignKeyConstraint(['alert_id'], ['alerts.id'], name=op.f('fk_alert_copies_alert_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_alert_copies_user_id')),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_alert_copies_workspace_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert_copies')),
    sa.UniqueConstraint('alert_id', 'user_id', name=op.f('uq_alert_copies_alert_id_user_id'))
    )
    with op.batch_alter_table('alert_copies', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_alert_copies_workspace_id'), ['workspace_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_alert_copies_user_id'), ['user_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_alert_copies_alert_id'), ['alert_id'], unique=False)

    with op.batch_alter_table('timers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_timers_user_id'))
        batch_op.drop_index('ix_timers_due', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.drop_table('timers')
    with op.batch_alter_table('card_copies', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_card_copies_workspace_id'))
        batch_op.drop_index(batch_op.f('ix_card_copies_user_id'))

    op.drop_table('card_copies')
