"""indexes for what a test at 100,000 works found read from end to end

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

ALONE = {
    'catalogue_maker': 'photo_id',
    'journal': 'payout_id',
    'member': 'producer_id',
    'message_photo': 'photo_id',
    'one_time_link': 'producer_id',
    'order_line': 'photo_id',
    'producer': 'photo_id',
    'progress': 'photo_id',
    'proof': 'photo_id',
    'report': 'handled_at',
}


def upgrade():
    for table, column in ALONE.items():
        op.create_index(f'ix_{table}_{column}', table, [column])
    op.create_index('ix_catalogue_maker_story', 'catalogue_maker', ['has_story', 'works', 'producer_id'])
    op.create_index('ix_person_name', 'person', ['name', 'id'])
    op.create_index('ix_person_curator', 'person', ['id'], sqlite_where=sa.text('is_curator = 1'),
                    postgresql_where=sa.text('is_curator'))


def downgrade():
    op.drop_index('ix_person_curator', 'person')
    op.drop_index('ix_person_name', 'person')
    op.drop_index('ix_catalogue_maker_story', 'catalogue_maker')
    for table, column in ALONE.items():
        op.drop_index(f'ix_{table}_{column}', table)
