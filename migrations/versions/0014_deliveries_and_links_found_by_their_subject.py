"""deliveries and links found by what they are about, also where they are finished"""

import sqlalchemy as sa
from alembic import op


revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

ABOUT = sa.text('about IS NOT NULL')
OPEN = sa.text('finished_at IS NULL')


def upgrade() -> None:
    op.drop_index('ix_deliveries_about', table_name='deliveries')
    op.create_index('ix_deliveries_about', 'deliveries', ['about'], sqlite_where=ABOUT, postgresql_where=ABOUT)
    op.drop_index('ix_page_links_subject', table_name='page_links')
    op.create_index('ix_page_links_subject', 'page_links', ['subject_id', 'kind'])


def downgrade() -> None:
    op.drop_index('ix_page_links_subject', table_name='page_links')
    op.create_index('ix_page_links_subject', 'page_links', ['workspace_id', 'kind', 'subject_id'])
    op.drop_index('ix_deliveries_about', table_name='deliveries')
    op.create_index('ix_deliveries_about', 'deliveries', ['workspace_id', 'about'], sqlite_where=OPEN, postgresql_where=OPEN)
