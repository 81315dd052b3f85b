"""the deal and its money

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('document_number',
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('kind', 'year', name=op.f('pk_document_number'))
    )
    op.create_table('saved_address',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('address', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('usual', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_saved_address_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_address'))
    )
    with op.batch_alter_table('saved_address', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_saved_address_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_saved_address_usual', ['person_id'], unique=True, sqlite_where=sa.text('usual'), postgresql_where=sa.text('usual'))

    op.create_table('saved_work',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('listing_id', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_saved_work_listing_id_listing')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_saved_work_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', 'listing_id', name=op.f('pk_saved_work'))
    )
    with op.batch_alter_table('saved_work', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_saved_work_listing_id'), ['listing_id'], unique=False)

    op.create_table('shipping_zone',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('courier', sa.String(), nullable=False),
    sa.Column('divisor', sa.Integer(), nullable=False),
    sa.Column('days', sa.String(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('divisor > 0', name=op.f('ck_shipping_zone_divisor')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shipping_zone')),
    sa.UniqueConstraint('name', name=op.f('uq_shipping_zone_name'))
    )
    op.create_table('shipping_place',
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('zone_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['zone_id'], ['shipping_zone.id'], name=op.f('fk_shipping_place_zone_id_shipping_zone')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_shipping_place'))
    )
    with op.batch_alter_table('shipping_place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shipping_place_zone_id'), ['zone_id'], unique=False)

    op.create_table('shipping_rate',
    sa.Column('zone_id', sa.Integer(), nullable=False),
    sa.Column('up_to_g', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('price_idr', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('up_to_g > 0 AND price_idr >= 0', name=op.f('ck_shipping_rate_step')),
    sa.ForeignKeyConstraint(['zone_id'], ['shipping_zone.id'], name=op.f('fk_shipping_rate_zone_id_shipping_zone')),
    sa.PrimaryKeyConstraint('zone_id', 'up_to_g', name=op.f('pk_shipping_rate'))
    )
    op.create_table('bank_account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('bank', sa.String(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('holder', sa.String(), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id', name=op.f('ck_bank_account_two_people')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['person.id'], name=op.f('fk_bank_account_confirmed_by_id_person')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['person.id'], name=op.f('fk_bank_account_proposed_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bank_account'))
    )
    op.create_table('exchange_rate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('idr_per_usd', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('idr_per_usd > 0', name=op.f('ck_exchange_rate_rate')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_exchange_rate_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exchange_rate'))
    )
    op.create_table('payout',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('producer_id', sa.Integer(), nullable=False),
    sa.Column('amount_idr', sa.BigInteger(), nullable=False),
    sa.Column('bank_reference', sa.String(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('amount_idr > 0', name=op.f('ck_payout_amount')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_payout_by_id_person')),
    sa.ForeignKeyConstraint(['producer_id'], ['producer.id'], name=op.f('fk_payout_producer_id_producer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payout')),
    sa.UniqueConstraint('bank_reference', name=op.f('uq_payout_bank_reference'))
    )
    with op.batch_alter_table('payout', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payout_producer_id'), ['producer_id'], unique=False)

    op.create_table('document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('inquiry_id', sa.Integer(), nullable=False),
    sa.Column('facts', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('replaced_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("kind IN ('quote', 'invoice', 'receipt', 'refund')", name=op.f('ck_document_kind')),
    sa.CheckConstraint('replaced_by_id IS NULL OR cancelled_at IS NOT NULL', name=op.f('ck_document_replaced')),
    sa.ForeignKeyConstraint(['inquiry_id'], ['inquiry.id'], name=op.f('fk_document_inquiry_id_inquiry')),
    sa.ForeignKeyConstraint(['replaced_by_id'], ['document.id'], name=op.f('fk_document_replaced_by_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document')),
    sa.UniqueConstraint('kind', 'year', 'number', name=op.f('uq_document_kind_year_number'))
    )
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_inquiry_id'), ['inquiry_id'], unique=False)
        batch_op.create_index('uq_document_standing', ['kind', 'subject'], unique=True, sqlite_where=sa.text('cancelled_at IS NULL'), postgresql_where=sa.text('cancelled_at IS NULL'))

    op.create_table('quote',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('inquiry_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('shipping_idr', sa.BigInteger(), nullable=False),
    sa.Column('packing_idr', sa.BigInteger(), nullable=False),
    sa.Column('total_idr', sa.BigInteger(), nullable=False),
    sa.Column('deposit_percent', sa.Integer(), nullable=False),
    sa.Column('deposit_idr', sa.BigInteger(), nullable=False),
    sa.Column('lead_time_days', sa.Integer(), nullable=False),
    sa.Column('shipping_by', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('valid_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('deposit_idr > 0 AND deposit_idr <= total_idr', name=op.f('ck_quote_parts')),
    sa.CheckConstraint('deposit_percent BETWEEN 30 AND 100', name=op.f('ck_quote_deposit')),
    sa.CheckConstraint('lead_time_days >= 0', name=op.f('ck_quote_lead_time')),
    sa.CheckConstraint('shipping_idr >= 0 AND packing_idr >= 0 AND total_idr > 0', name=op.f('ck_quote_amounts')),
    sa.CheckConstraint('valid_until > sent_at', name=op.f('ck_quote_valid')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_quote_by_id_person')),
    sa.ForeignKeyConstraint(['inquiry_id'], ['inquiry.id'], name=op.f('fk_quote_inquiry_id_inquiry')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quote')),
    sa.UniqueConstraint('inquiry_id', 'form_key', name=op.f('uq_quote_inquiry_id_form_key')),
    sa.UniqueConstraint('inquiry_id', 'number', name=op.f('uq_quote_inquiry_id_number'))
    )
    with op.batch_alter_table('quote', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quote_inquiry_id'), ['inquiry_id'], unique=False)
        batch_op.create_index('uq_quote_accepted', ['inquiry_id'], unique=True, sqlite_where=sa.text('accepted_at IS NOT NULL'), postgresql_where=sa.text('accepted_at IS NOT NULL'))
        batch_op.create_index('uq_quote_standing', ['inquiry_id'], unique=True, sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))

    op.create_table('order',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('inquiry_id', sa.Integer(), nullable=False),
    sa.Column('quote_id', sa.Integer(), nullable=True),
    sa.Column('goods_idr', sa.BigInteger(), nullable=False),
    sa.Column('shipping_idr', sa.BigInteger(), nullable=False),
    sa.Column('packing_idr', sa.BigInteger(), nullable=False),
    sa.Column('total_idr', sa.BigInteger(), nullable=False),
    sa.Column('deposit_idr', sa.BigInteger(), nullable=False),
    sa.Column('lead_time_days', sa.Integer(), nullable=False),
    sa.Column('to_make', sa.Boolean(), nullable=False),
    sa.Column('pick_up', sa.Boolean(), nullable=False),
    sa.Column('address', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('promised_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('courier', sa.String(), nullable=False),
    sa.Column('tracking_number', sa.String(), nullable=False),
    sa.Column('shipped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('completed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('came_from', sa.String(), nullable=True),
    sa.Column('problem', sa.String(), nullable=False),
    sa.Column('nudged_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refund_account', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('refund_account_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(shipped_at IS NULL) OR pick_up OR tracking_number <> ''", name=op.f('ck_order_shipped_how')),
    sa.CheckConstraint('deposit_idr > 0 AND deposit_idr <= total_idr', name=op.f('ck_order_parts')),
    sa.ForeignKeyConstraint(['inquiry_id'], ['inquiry.id'], name=op.f('fk_order_inquiry_id_inquiry')),
    sa.ForeignKeyConstraint(['quote_id'], ['quote.id'], name=op.f('fk_order_quote_id_quote')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order')),
    sa.UniqueConstraint('inquiry_id', name=op.f('uq_order_inquiry_id')),
    sa.UniqueConstraint('quote_id', name=op.f('uq_order_quote_id'))
    )
    with op.batch_alter_table('order', schema=None) as batch_op:
        batch_op.create_index('ix_order_entered', ['entered_at'], unique=False)

    op.create_table('quote_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('quote_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('listing_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('size', sa.String(), nullable=False),
    sa.Column('material', sa.String(), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('unit_idr', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_quote_line_quantity')),
    sa.CheckConstraint('unit_idr >= 0', name=op.f('ck_quote_line_unit')),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_quote_line_listing_id_listing')),
    sa.ForeignKeyConstraint(['quote_id'], ['quote.id'], name=op.f('fk_quote_line_quote_id_quote')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quote_line')),
    sa.UniqueConstraint('quote_id', 'position', name=op.f('uq_quote_line_quote_id_position'))
    )
    op.create_table('order_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('listing_id', sa.Integer(), nullable=True),
    sa.Column('photo_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('size', sa.String(), nullable=False),
    sa.Column('material', sa.String(), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('unit_idr', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_order_line_quantity')),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_order_line_listing_id_listing')),
    sa.ForeignKeyConstraint(['order_id'], ['order.id'], name=op.f('fk_order_line_order_id_order')),
    sa.ForeignKeyConstraint(['photo_id'], ['photo.id'], name=op.f('fk_order_line_photo_id_photo')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_line')),
    sa.UniqueConstraint('order_id', 'position', name=op.f('uq_order_line_order_id_position'))
    )
    with op.batch_alter_table('order_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_order_line_listing_id'), ['listing_id'], unique=False)

    op.create_table('payment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(), nullable=False),
    sa.Column('method', sa.String(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('amount_idr', sa.BigInteger(), nullable=False),
    sa.Column('code_idr', sa.Integer(), nullable=False),
    sa.Column('total_idr', sa.BigInteger(), nullable=False),
    sa.Column('received_idr', sa.BigInteger(), nullable=True),
    sa.Column('bank_account_id', sa.Integer(), nullable=True),
    sa.Column('stripe_session_id', sa.String(), nullable=True),
    sa.Column('stripe_session_url', sa.String(), nullable=True),
    sa.Column('stripe_intent_id', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checked_by_id', sa.Integer(), nullable=True),
    sa.Column('asked_provider_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('arrivals', sa.Integer(), nullable=False),
    sa.CheckConstraint("(method = 'transfer') = (bank_account_id IS NOT NULL)", name=op.f('ck_payment_account')),
    sa.CheckConstraint("(status IN ('received', 'mismatched')) = (received_at IS NOT NULL)", name=op.f('ck_payment_received')),
    sa.CheckConstraint("method = 'transfer' OR code_idr = 0", name=op.f('ck_payment_code')),
    sa.CheckConstraint("method IN ('stripe', 'transfer', 'qris', 'demo')", name=op.f('ck_payment_method')),
    sa.CheckConstraint("part IN ('deposit', 'balance', 'difference')", name=op.f('ck_payment_part')),
    sa.CheckConstraint("status IN ('open', 'under_check', 'received', 'mismatched', 'expired')", name=op.f('ck_payment_status')),
    sa.CheckConstraint('amount_idr > 0 AND code_idr >= 0 AND total_idr = amount_idr + code_idr', name=op.f('ck_payment_total')),
    sa.ForeignKeyConstraint(['bank_account_id'], ['bank_account.id'], name=op.f('fk_payment_bank_account_id_bank_account')),
    sa.ForeignKeyConstraint(['checked_by_id'], ['person.id'], name=op.f('fk_payment_checked_by_id_person')),
    sa.ForeignKeyConstraint(['order_id'], ['order.id'], name=op.f('fk_payment_order_id_order')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment')),
    sa.UniqueConstraint('reference', name=op.f('uq_payment_reference')),
    sa.UniqueConstraint('stripe_session_id', name=op.f('uq_payment_stripe_session_id'))
    )
    with op.batch_alter_table('payment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payment_order_id'), ['order_id'], unique=False)
        batch_op.create_index('ix_payment_status', ['status', 'expires_at'], unique=False)
        batch_op.create_index('uq_payment_standing', ['order_id', 'part'], unique=True, sqlite_where=sa.text("status IN ('open', 'under_check')"), postgresql_where=sa.text("status IN ('open', 'under_check')"))
        batch_op.create_index('uq_payment_transfer_total', ['bank_account_id', 'total_idr'], unique=True, sqlite_where=sa.text("released_at IS NULL AND method = 'transfer'"), postgresql_where=sa.text("released_at IS NULL AND method = 'transfer'"))

    op.create_table('progress',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('photo_id', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('ready', sa.Boolean(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_progress_by_id_person')),
    sa.ForeignKeyConstraint(['order_id'], ['order.id'], name=op.f('fk_progress_order_id_order')),
    sa.ForeignKeyConstraint(['photo_id'], ['photo.id'], name=op.f('fk_progress_photo_id_photo')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_progress'))
    )
    with op.batch_alter_table('progress', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_progress_order_id'), ['order_id'], unique=False)

    op.create_table('stock_hold',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('listing_id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_stock_hold_quantity')),
    sa.CheckConstraint('released_at IS NULL OR kept_at IS NULL', name=op.f('ck_stock_hold_one_end')),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_stock_hold_listing_id_listing')),
    sa.ForeignKeyConstraint(['order_id'], ['order.id'], name=op.f('fk_stock_hold_order_id_order')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stock_hold'))
    )
    with op.batch_alter_table('stock_hold', schema=None) as batch_op:
        batch_op.create_index('ix_stock_hold_due', ['until'], unique=False, sqlite_where=sa.text('released_at IS NULL AND kept_at IS NULL'), postgresql_where=sa.text('released_at IS NULL AND kept_at IS NULL'))
        batch_op.create_index(batch_op.f('ix_stock_hold_listing_id'), ['listing_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_stock_hold_order_id'), ['order_id'], unique=False)

    op.create_table('proof',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('payment_id', sa.Integer(), nullable=False),
    sa.Column('photo_id', sa.Integer(), nullable=False),
    sa.Column('again', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['payment_id'], ['payment.id'], name=op.f('fk_proof_payment_id_payment')),
    sa.ForeignKeyConstraint(['photo_id'], ['photo.id'], name=op.f('fk_proof_photo_id_photo')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proof'))
    )
    with op.batch_alter_table('proof', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_proof_payment_id'), ['payment_id'], unique=False)

    op.create_table('refund',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('payment_id', sa.Integer(), nullable=False),
    sa.Column('amount_idr', sa.BigInteger(), nullable=False),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('from_surplus', sa.Boolean(), nullable=False),
    sa.Column('stripe_refund_id', sa.String(), nullable=True),
    sa.Column('bank_reference', sa.String(), nullable=False),
    sa.Column('refused_why', sa.String(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('NOT (done_at IS NOT NULL AND failed_at IS NOT NULL)', name=op.f('ck_refund_one_end')),
    sa.CheckConstraint('amount_idr > 0', name=op.f('ck_refund_amount')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_refund_decided_by_id_person')),
    sa.ForeignKeyConstraint(['payment_id'], ['payment.id'], name=op.f('fk_refund_payment_id_payment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_refund')),
    sa.UniqueConstraint('key', name=op.f('uq_refund_key')),
    sa.UniqueConstraint('stripe_refund_id', name=op.f('uq_refund_stripe_refund_id'))
    )
    with op.batch_alter_table('refund', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_refund_payment_id'), ['payment_id'], unique=False)

    op.create_table('staff_task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('inquiry_id', sa.Integer(), nullable=True),
    sa.Column('payment_id', sa.Integer(), nullable=True),
    sa.Column('facts', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_by_id', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['done_by_id'], ['person.id'], name=op.f('fk_staff_task_done_by_id_person')),
    sa.ForeignKeyConstraint(['inquiry_id'], ['inquiry.id'], name=op.f('fk_staff_task_inquiry_id_inquiry')),
    sa.ForeignKeyConstraint(['payment_id'], ['payment.id'], name=op.f('fk_staff_task_payment_id_payment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_task'))
    )
    with op.batch_alter_table('staff_task', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_task_inquiry_id'), ['inquiry_id'], unique=False)
        batch_op.create_index('uq_staff_task_open', ['kind', 'subject'], unique=True, sqlite_where=sa.text('done_at IS NULL'), postgresql_where=sa.text('done_at IS NULL'))

    op.create_table('stripe_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.String(), nullable=False),
    sa.Column('type', sa.String(), nullable=False),
    sa.Column('payment_id', sa.Integer(), nullable=True),
    sa.Column('payload', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['payment_id'], ['payment.id'], name=op.f('fk_stripe_event_payment_id_payment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stripe_event')),
    sa.UniqueConstraint('event_id', name=op.f('uq_stripe_event_event_id'))
    )
    op.create_table('journal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=True),
    sa.Column('producer_id', sa.Integer(), nullable=True),
    sa.Column('payment_id', sa.Integer(), nullable=True),
    sa.Column('refund_id', sa.Integer(), nullable=True),
    sa.Column('payout_id', sa.Integer(), nullable=True),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('payment', 'surplus', 'use_surplus', 'write_off', 'completion', 'advance', 'payout', 'payout_returned', 'refund', 'refund_surplus', 'debt', 'net_debt', 'fee', 'chargeback', 'chargeback_won')", name=op.f('ck_journal_kind')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_journal_by_id_person')),
    sa.ForeignKeyConstraint(['order_id'], ['order.id'], name=op.f('fk_journal_order_id_order')),
    sa.ForeignKeyConstraint(['payment_id'], ['payment.id'], name=op.f('fk_journal_payment_id_payment')),
    sa.ForeignKeyConstraint(['payout_id'], ['payout.id'], name=op.f('fk_journal_payout_id_payout')),
    sa.ForeignKeyConstraint(['producer_id'], ['producer.id'], name=op.f('fk_journal_producer_id_producer')),
    sa.ForeignKeyConstraint(['refund_id'], ['refund.id'], name=op.f('fk_journal_refund_id_refund')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_journal')),
    sa.UniqueConstraint('key', name=op.f('uq_journal_key'))
    )
    with op.batch_alter_table('journal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_journal_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_journal_order_id'), ['order_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_journal_producer_id'), ['producer_id'], unique=False)

    op.create_table('posting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('journal_id', sa.Integer(), nullable=False),
    sa.Column('account', sa.String(), nullable=False),
    sa.Column('amount_idr', sa.BigInteger(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=True),
    sa.Column('producer_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("account IN ('bank', 'stripe', 'buyer', 'producer', 'advance', 'producer_debt', 'surplus', 'fees', 'written_off', 'disputed')", name=op.f('ck_posting_account')),
    sa.CheckConstraint('amount_idr <> 0', name=op.f('ck_posting_amount')),
    sa.ForeignKeyConstraint(['journal_id'], ['journal.id'], name=op.f('fk_posting_journal_id_journal')),
    sa.ForeignKeyConstraint(['order_id'], ['order.id'], name=op.f('fk_posting_order_id_order')),
    sa.ForeignKeyConstraint(['producer_id'], ['producer.id'], name=op.f('fk_posting_producer_id_producer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_posting'))
    )
    with op.batch_alter_table('posting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_posting_journal_id'), ['journal_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_posting_order_id'), ['order_id'], unique=False)
        batch_op.create_index('ix_posting_producer', ['producer_id', 'account', 'at'], unique=False)

    op.create_table('statement_source',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('bank_account_id', sa.Integer(), nullable=True),
    sa.Column('columns', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.ForeignKeyConstraint(['bank_account_id'], ['bank_account.id'], name=op.f('fk_statement_source_bank_account_id_bank_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_statement_source')),
    sa.UniqueConstraint('name', name=op.f('uq_statement_source_name'))
    )
    op.create_table('statement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('uploaded_by_id', sa.Integer(), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['source_id'], ['statement_source.id'], name=op.f('fk_statement_source_id_statement_source')),
    sa.ForeignKeyConstraint(['uploaded_by_id'], ['person.id'], name=op.f('fk_statement_uploaded_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_statement'))
    )
    with op.batch_alter_table('statement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_statement_source_id'), ['source_id'], unique=False)

    op.create_table('statement_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('fingerprint', sa.String(), nullable=False),
    sa.Column('booked_on', sa.Date(), nullable=False),
    sa.Column('amount_idr', sa.BigInteger(), nullable=False),
    sa.Column('fee_idr', sa.BigInteger(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('payment_id', sa.Integer(), nullable=True),
    sa.Column('journal_id', sa.Integer(), nullable=True),
    sa.Column('set_aside', sa.String(), nullable=False),
    sa.Column('looked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('imported_by_id', sa.Integer(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('amount_idr > 0', name=op.f('ck_statement_line_amount')),
    sa.CheckConstraint('fee_idr >= 0 AND fee_idr < amount_idr', name=op.f('ck_statement_line_fee')),
    sa.CheckConstraint("journal_id IS NULL OR set_aside = ''", name=op.f('ck_statement_line_one_end')),
    sa.CheckConstraint('(journal_id IS NULL) = (payment_id IS NULL)', name=op.f('ck_statement_line_arrival')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_statement_line_decided_by_id_person')),
    sa.ForeignKeyConstraint(['imported_by_id'], ['person.id'], name=op.f('fk_statement_line_imported_by_id_person')),
    sa.ForeignKeyConstraint(['journal_id'], ['journal.id'], name=op.f('fk_statement_line_journal_id_journal')),
    sa.ForeignKeyConstraint(['payment_id'], ['payment.id'], name=op.f('fk_statement_line_payment_id_payment')),
    sa.ForeignKeyConstraint(['source_id'], ['statement_source.id'], name=op.f('fk_statement_line_source_id_statement_source')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_statement_line')),
    sa.UniqueConstraint('journal_id', name=op.f('uq_statement_line_journal_id')),
    sa.UniqueConstraint('source_id', 'fingerprint', name=op.f('uq_statement_line_source_id_fingerprint'))
    )
    with op.batch_alter_table('statement_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_statement_line_payment_id'), ['payment_id'], unique=False)
        batch_op.create_index('ix_statement_line_waiting', ['id'], unique=False, sqlite_where=sa.text('journal_id IS NULL'), postgresql_where=sa.text('journal_id IS NULL'))


def downgrade():
    op.drop_table('statement_line')
    op.drop_table('statement')
    op.drop_table('statement_source')
    for table in ('shipping_rate', 'shipping_place', 'shipping_zone', 'saved_work', 'saved_address'):
        op.drop_table(table)
    with op.batch_alter_table('posting', schema=None) as batch_op:
        batch_op.drop_index('ix_posting_producer')
        batch_op.drop_index(batch_op.f('ix_posting_order_id'))
        batch_op.drop_index(batch_op.f('ix_posting_journal_id'))

    op.drop_table('posting')
    with op.batch_alter_table('journal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_journal_producer_id'))
        batch_op.drop_index(batch_op.f('ix_journal_order_id'))
        batch_op.drop_index(batch_op.f('ix_journal_at'))

    op.drop_table('journal')
    op.drop_table('stripe_event')
    with op.batch_alter_table('staff_task', schema=None) as batch_op:
        batch_op.drop_index('uq_staff_task_open', sqlite_where=sa.text('done_at IS NULL'), postgresql_where=sa.text('done_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_staff_task_inquiry_id'))

    op.drop_table('staff_task')
    with op.batch_alter_table('refund', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_refund_payment_id'))

    op.drop_table('refund')
    with op.batch_alter_table('proof', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_proof_payment_id'))

    op.drop_table('proof')
    with op.batch_alter_table('stock_hold', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stock_hold_order_id'))
        batch_op.drop_index(batch_op.f('ix_stock_hold_listing_id'))
        batch_op.drop_index('ix_stock_hold_due', sqlite_where=sa.text('released_at IS NULL AND kept_at IS NULL'), postgresql_where=sa.text('released_at IS NULL AND kept_at IS NULL'))

    op.drop_table('stock_hold')
    with op.batch_alter_table('progress', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_progress_order_id'))

    op.drop_table('progress')
    with op.batch_alter_table('payment', schema=None) as batch_op:
        batch_op.drop_index('uq_payment_transfer_total', sqlite_where=sa.text("released_at IS NULL AND method = 'transfer'"), postgresql_where=sa.text("released_at IS NULL AND method = 'transfer'"))
        batch_op.drop_index('uq_payment_standing', sqlite_where=sa.text("status IN ('open', 'under_check')"), postgresql_where=sa.text("status IN ('open', 'under_check')"))
        batch_op.drop_index('ix_payment_status')
        batch_op.drop_index(batch_op.f('ix_payment_order_id'))

    op.drop_table('payment')
    with op.batch_alter_table('order_line', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_order_line_listing_id'))

    op.drop_table('order_line')
    op.drop_table('quote_line')
    with op.batch_alter_table('order', schema=None) as batch_op:
        batch_op.drop_index('ix_order_entered')

    op.drop_table('order')
    with op.batch_alter_table('quote', schema=None) as batch_op:
        batch_op.drop_index('uq_quote_standing', sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))
        batch_op.drop_index('uq_quote_accepted', sqlite_where=sa.text('accepted_at IS NOT NULL'), postgresql_where=sa.text('accepted_at IS NOT NULL'))
        batch_op.drop_index(batch_op.f('ix_quote_inquiry_id'))

    op.drop_table('quote')
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_index('uq_document_standing', sqlite_where=sa.text('cancelled_at IS NULL'), postgresql_where=sa.text('cancelled_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_document_inquiry_id'))

    op.drop_table('document')
    with op.batch_alter_table('payout', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payout_producer_id'))

    op.drop_table('payout')
    op.drop_table('exchange_rate')
    op.drop_table('bank_account')
    op.drop_table('document_number')
