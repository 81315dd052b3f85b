"""the ledger only grows: triggers that refuse changes, and the balance of every journal

Revision: 0003, after 0002
"""

from alembic import op

from shop.models import guards

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    guards.put_up(op.get_bind())


def downgrade():
    guards.take_down(op.get_bind())
    if op.get_bind().dialect.name == 'sqlite':
        op.drop_table(guards.SUMS)
