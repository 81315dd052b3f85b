"""the first tables

Revision: 0001, after 
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('attempt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt'))
    )
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attempt_at'), ['at'], unique=False)
        batch_op.create_index('ix_attempt_key_at', ['key', 'at'], unique=False)

    op.create_table('person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=True),
    sa.Column('email_confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('phone', sa.String(), nullable=True),
    sa.Column('password_hash', sa.String(), nullable=True),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('is_curator', sa.Boolean(), nullable=False),
    sa.Column('is_administrator', sa.Boolean(), nullable=False),
    sa.Column('matches_payments', sa.Boolean(), nullable=False),
    sa.Column('shortcuts_on', sa.Boolean(), nullable=False),
    sa.Column('totp_secret', sa.String(), nullable=True),
    sa.Column('totp_confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('totp_last_step', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('suspended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('deletion_asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("language IN ('id', 'en')", name=op.f('ck_person_language')),
    sa.CheckConstraint('email = lower(email)', name=op.f('ck_person_email_lower')),
    sa.CheckConstraint('email IS NOT NULL OR phone IS NOT NULL OR deleted_at IS NOT NULL', name=op.f('ck_person_reachable')),
    sa.CheckConstraint('totp_confirmed_at IS NULL OR totp_secret IS NOT NULL', name=op.f('ck_person_totp')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('email', name=op.f('uq_person_email')),
    sa.UniqueConstraint('phone', name=op.f('uq_person_phone'))
    )
    op.create_table('photo',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('producer_id', sa.Integer(), nullable=True),
    sa.Column('inquiry_id', sa.Integer(), nullable=True),
    sa.Column('uploaded_by', sa.String(), nullable=False),
    sa.Column('client_id', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('edit', sa.String(), nullable=False),
    sa.Column('original_key', sa.String(), nullable=False),
    sa.Column('size_bytes', sa.Integer(), nullable=False),
    sa.Column('width_px', sa.Integer(), nullable=False),
    sa.Column('height_px', sa.Integer(), nullable=False),
    sa.Column('placeholder', sa.String(), nullable=False),
    sa.Column('hints', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('widths', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('problem', sa.String(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('rendered_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('received', 'rendering', 'ready', 'parked')", name=op.f('ck_photo_state')),
    sa.CheckConstraint('producer_id IS NULL OR inquiry_id IS NULL', name=op.f('ck_photo_one_owner')),
    sa.CheckConstraint('width_px > 0 AND height_px > 0', name=op.f('ck_photo_size')),
    sa.ForeignKeyConstraint(['inquiry_id'], ['inquiry.id'], name=op.f('fk_photo_inquiry_id_inquiry'), use_alter=True),
    sa.ForeignKeyConstraint(['producer_id'], ['producer.id'], name=op.f('fk_photo_producer_id_producer'), use_alter=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_photo')),
    sa.UniqueConstraint('name', name=op.f('uq_photo_name')),
    sa.UniqueConstraint('producer_id', 'sha256', 'edit', name=op.f('uq_photo_producer_id_sha256_edit')),
    sa.UniqueConstraint('uploaded_by', 'client_id', name=op.f('uq_photo_uploaded_by_client_id'))
    )
    with op.batch_alter_table('photo', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_photo_inquiry_id'), ['inquiry_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_photo_producer_id'), ['producer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_photo_sha256'), ['sha256'], unique=False)
        batch_op.create_index('ix_photo_to_render', ['state', 'due_at'], unique=False)

    op.create_table('search_word',
    sa.Column('word', sa.String().with_variant(sa.String(collation='C'), 'postgresql'), nullable=False),
    sa.Column('letters', sa.Integer(), nullable=False),
    sa.Column('works', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('word', name=op.f('pk_search_word'))
    )
    with op.batch_alter_table('search_word', schema=None) as batch_op:
        batch_op.create_index('ix_search_word_letters', ['letters', 'word', 'works'], unique=False)

    op.create_table('search_block',
    sa.Column('term', sa.String().with_variant(sa.String(collation='C'), 'postgresql'), nullable=False),
    sa.Column('block', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('works', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('term', 'block', name=op.f('pk_search_block'))
    )
    if op.get_bind().dialect.name == 'postgresql':  # neither packed nor put elsewhere: read in one go
        op.execute('ALTER TABLE search_block ALTER COLUMN works SET STORAGE PLAIN')
    op.create_table('catalogue_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('tag', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_catalogue_change'))
    )
    op.create_table('consent',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_consent_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent'))
    )
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.create_index('uq_consent_standing', ['person_id', 'purpose'], unique=True, sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))

    op.create_table('producer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('district_code', sa.String(), nullable=False),
    sa.Column('village', sa.String(), nullable=False),
    sa.Column('since_year', sa.Integer(), nullable=True),
    sa.Column('member_count', sa.Integer(), nullable=True),
    sa.Column('speaker', sa.String(), nullable=False),
    sa.Column('quote_id', sa.String(), nullable=False),
    sa.Column('quote_en', sa.String(), nullable=False),
    sa.Column('story_id', sa.String(), nullable=False),
    sa.Column('story_en', sa.String(), nullable=False),
    sa.Column('techniques', sa.String(), nullable=False),
    sa.Column('training', sa.String(), nullable=False),
    sa.Column('visiting_days', sa.String(), nullable=False),
    sa.Column('phone', sa.String(), nullable=True),
    sa.Column('phone_public', sa.Boolean(), nullable=False),
    sa.Column('photo_id', sa.Integer(), nullable=True),
    sa.Column('trusted', sa.Boolean(), nullable=False),
    sa.Column('holiday_until', sa.Date(), nullable=True),
    sa.Column('holiday_note', sa.String(), nullable=False),
    sa.Column('applied_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('verified_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decision_reason', sa.String(), nullable=False),
    sa.Column('suspended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('group', 'workshop')", name=op.f('ck_producer_kind')),
    sa.CheckConstraint("status <> 'rejected' OR decision_reason <> ''", name=op.f('ck_producer_rejected_why')),
    sa.CheckConstraint("status IN ('applied', 'verified', 'rejected', 'suspended')", name=op.f('ck_producer_status')),
    sa.CheckConstraint("status NOT IN ('verified', 'suspended') OR verified_at IS NOT NULL", name=op.f('ck_producer_verified_when')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_producer_decided_by_id_person')),
    sa.ForeignKeyConstraint(['photo_id'], ['photo.id'], name=op.f('fk_producer_photo_id_photo'), use_alter=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_producer')),
    sa.UniqueConstraint('slug', name=op.f('uq_producer_slug'))
    )
    with op.batch_alter_table('producer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_producer_district_code'), ['district_code'], unique=False)
        batch_op.create_index(batch_op.f('ix_producer_status'), ['status'], unique=False)

    op.create_table('recovery_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('code_hash', sa.String(), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_recovery_code_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_code'))
    )
    with op.batch_alter_table('recovery_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recovery_code_person_id'), ['person_id'], unique=False)

    op.create_table('sign_in',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('browser', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('second_factor_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sign_in_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_token_hash'))
    )
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_person_id'), ['person_id'], unique=False)

    op.create_table('inquiry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('producer_id', sa.Integer(), nullable=False),
    sa.Column('buyer_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('buyer_name', sa.String(), nullable=False),
    sa.Column('buyer_phone', sa.String(), nullable=False),
    sa.Column('buyer_email', sa.String(), nullable=True),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('destination', sa.String(), nullable=False),
    sa.Column('address', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('only_shipping', sa.Boolean(), nullable=False),
    sa.Column('needed_by', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('waiting_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('nudged_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('escalated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_reason', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("language IN ('id', 'en')", name=op.f('ck_inquiry_language')),
    sa.CheckConstraint("status IN ('asked', 'quoted', 'countered', 'declined', 'withdrawn', 'lapsed', 'deposit_due', 'cancelled', 'in_production', 'balance_due', 'to_ship', 'shipped', 'completed', 'disputed', 'refunded')", name=op.f('ck_inquiry_status')),
    sa.ForeignKeyConstraint(['buyer_id'], ['person.id'], name=op.f('fk_inquiry_buyer_id_person')),
    sa.ForeignKeyConstraint(['producer_id'], ['producer.id'], name=op.f('fk_inquiry_producer_id_producer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inquiry')),
    sa.UniqueConstraint('code', name=op.f('uq_inquiry_code')),
    sa.UniqueConstraint('form_key', name=op.f('uq_inquiry_form_key'))
    )
    with op.batch_alter_table('inquiry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inquiry_buyer_id'), ['buyer_id'], unique=False)
        batch_op.create_index('ix_inquiry_producer_status', ['producer_id', 'status', 'changed_at'], unique=False)
        batch_op.create_index('ix_inquiry_waiting', ['status', 'waiting_since'], unique=False)
        batch_op.create_index('ix_inquiry_unanswered', ['waiting_since', 'id'], unique=False, sqlite_where=sa.text('waiting_since IS NOT NULL'), postgresql_where=sa.text('waiting_since IS NOT NULL'))

    op.create_table('listing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('producer_id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=True),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('live_revision_id', sa.Integer(), nullable=True),
    sa.Column('availability', sa.String(), nullable=False),
    sa.Column('stock', sa.Integer(), nullable=False),
    sa.Column('lead_time_days', sa.Integer(), nullable=True),
    sa.Column('size_limits', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('price_kind', sa.String(), nullable=False),
    sa.Column('price_idr', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('unacknowledged_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('barred_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("availability <> 'one_of_a_kind' OR stock <= 1", name=op.f('ck_listing_one_of_a_kind')),
    sa.CheckConstraint("availability IN ('ready', 'one_of_a_kind', 'made_to_order')", name=op.f('ck_listing_availability')),
    sa.CheckConstraint("price_kind IN ('fixed', 'from', 'on_request')", name=op.f('ck_listing_price_kind')),
    sa.CheckConstraint("status IN ('draft', 'submitted', 'in_review', 'changes_requested', 'rejection_proposed', 'rejected', 'appealed', 'published', 'hidden_by_producer', 'hidden_by_curator', 'archived')", name=op.f('ck_listing_status')),
    sa.CheckConstraint("status NOT IN ('published', 'hidden_by_producer', 'hidden_by_curator') OR (live_revision_id IS NOT NULL AND slug IS NOT NULL)", name=op.f('ck_listing_live')),
    sa.CheckConstraint('price_idr IS NULL OR price_idr > 0', name=op.f('ck_listing_price')),
    sa.CheckConstraint('stock >= 0', name=op.f('ck_listing_stock')),
    sa.ForeignKeyConstraint(['live_revision_id'], ['revision.id'], name=op.f('fk_listing_live_revision_id_revision'), use_alter=True),
    sa.ForeignKeyConstraint(['producer_id'], ['producer.id'], name=op.f('fk_listing_producer_id_producer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_listing')),
    sa.UniqueConstraint('slug', name=op.f('uq_listing_slug'))
    )
    with op.batch_alter_table('listing', schema=None) as batch_op:
        batch_op.create_index('ix_listing_producer_status', ['producer_id', 'status'], unique=False)
        batch_op.create_index('ix_listing_unacknowledged', ['unacknowledged_since'], unique=False, sqlite_where=sa.text('unacknowledged_since IS NOT NULL'), postgresql_where=sa.text('unacknowledged_since IS NOT NULL'))

    op.create_table('member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('producer_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("role IN ('chair', 'member', 'assistant')", name=op.f('ck_member_role')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_member_person_id_person')),
    sa.ForeignKeyConstraint(['producer_id'], ['producer.id'], name=op.f('fk_member_producer_id_producer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_member'))
    )
    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_member_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_member_standing', ['producer_id', 'person_id'], unique=True, sqlite_where=sa.text('left_at IS NULL'), postgresql_where=sa.text('left_at IS NULL'))

    op.create_table('one_time_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('producer_id', sa.Integer(), nullable=True),
    sa.Column('facts', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("purpose IN ('confirm_email', 'change_email', 'undo_email', 'reset_password', 'first_password', 'join_producer', 'invite_staff')", name=op.f('ck_one_time_link_purpose')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_one_time_link_made_by_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_one_time_link_person_id_person')),
    sa.ForeignKeyConstraint(['producer_id'], ['producer.id'], name=op.f('fk_one_time_link_producer_id_producer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_one_time_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_one_time_link_token_hash'))
    )
    with op.batch_alter_table('one_time_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_one_time_link_person_id'), ['person_id'], unique=False)

    op.create_table('producer_craft',
    sa.Column('producer_id', sa.Integer(), nullable=False),
    sa.Column('craft', sa.String(), nullable=False),
    sa.CheckConstraint("craft IN ('tenun-ikat', 'meubel', 'gerabah', 'anyaman')", name=op.f('ck_producer_craft_craft')),
    sa.ForeignKeyConstraint(['producer_id'], ['producer.id'], name=op.f('fk_producer_craft_producer_id_producer')),
    sa.PrimaryKeyConstraint('producer_id', 'craft', name=op.f('pk_producer_craft'))
    )
    with op.batch_alter_table('producer_craft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_producer_craft_craft'), ['craft'], unique=False)

    op.create_table('catalogue_entry',
    sa.Column('listing_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('producer_id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('craft', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=True),
    sa.Column('technique', sa.String(), nullable=True),
    sa.Column('material', sa.String(), nullable=True),
    sa.Column('dye', sa.String(), nullable=True),
    sa.Column('district_code', sa.String(), nullable=False),
    sa.Column('village', sa.String(), nullable=False),
    sa.Column('producer_name', sa.String(), nullable=False),
    sa.Column('producer_slug', sa.String(), nullable=False),
    sa.Column('title_id', sa.String(), nullable=False),
    sa.Column('title_en', sa.String(), nullable=False),
    sa.Column('price_kind', sa.String(), nullable=False),
    sa.Column('price_idr', sa.BigInteger(), nullable=True),
    sa.Column('standing', sa.String(), nullable=False),
    sa.Column('length_cm', sa.Integer(), nullable=True),
    sa.Column('width_cm', sa.Integer(), nullable=True),
    sa.Column('height_cm', sa.Integer(), nullable=True),
    sa.Column('attributes', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('photo_id', sa.Integer(), nullable=True),
    sa.Column('photo_alt_id', sa.String(), nullable=False),
    sa.Column('photo_alt_en', sa.String(), nullable=False),
    sa.Column('focal_x', sa.Integer(), nullable=False),
    sa.Column('focal_y', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('order_new', sa.BigInteger(), nullable=False),
    sa.Column('order_cheap', sa.BigInteger(), nullable=False),
    sa.Column('order_dear', sa.BigInteger(), nullable=False),
    sa.Column('popularity', sa.Integer(), nullable=False),
    sa.Column('letters', sa.String(), nullable=False),
    sa.Column('title_words', sa.String(), nullable=False),
    sa.Column('plain_id', sa.String(), nullable=False),
    sa.Column('plain_en', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_catalogue_entry_listing_id_listing')),
    sa.ForeignKeyConstraint(['photo_id'], ['photo.id'], name=op.f('fk_catalogue_entry_photo_id_photo')),
    sa.ForeignKeyConstraint(['producer_id'], ['producer.id'], name=op.f('fk_catalogue_entry_producer_id_producer')),
    sa.PrimaryKeyConstraint('listing_id', name=op.f('pk_catalogue_entry')),
    sa.UniqueConstraint('slug', name=op.f('uq_catalogue_entry_slug'))
    )
    with op.batch_alter_table('catalogue_entry', schema=None) as batch_op:
        batch_op.create_index('ix_catalogue_entry_candidate', ['listing_id', 'order_new', 'order_cheap', 'order_dear', 'popularity', 'producer_id', 'letters', 'plain_id', 'plain_en'], unique=False)
        batch_op.create_index('ix_catalogue_entry_cheap', ['order_cheap', 'listing_id'], unique=False)
        batch_op.create_index('ix_catalogue_entry_craft_cheap', ['craft', 'order_cheap', 'listing_id'], unique=False)
        batch_op.create_index('ix_catalogue_entry_craft_dear', ['craft', 'order_dear', 'listing_id'], unique=False)
        batch_op.create_index('ix_catalogue_entry_craft_new', ['craft', 'order_new', 'listing_id'], unique=False)
        batch_op.create_index('ix_catalogue_entry_dear', ['order_dear', 'listing_id'], unique=False)
        batch_op.create_index('ix_catalogue_entry_district', ['district_code', 'order_new', 'listing_id'], unique=False)
        batch_op.create_index('ix_catalogue_entry_photo', ['photo_id'], unique=False)
        batch_op.create_index('ix_catalogue_entry_new', ['order_new', 'listing_id'], unique=False)
        batch_op.create_index('ix_catalogue_entry_producer', ['producer_id', 'order_new', 'listing_id'], unique=False)

    op.create_table('catalogue_maker',
    sa.Column('producer_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_key', sa.String(), nullable=False),
    sa.Column('district_code', sa.String(), nullable=False),
    sa.Column('village', sa.String(), nullable=False),
    sa.Column('crafts', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('photo_id', sa.Integer(), nullable=True),
    sa.Column('has_story', sa.Boolean(), nullable=False),
    sa.Column('works', sa.Integer(), nullable=False),
    sa.Column('sold', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['photo_id'], ['photo.id'], name=op.f('fk_catalogue_maker_photo_id_photo')),
    sa.ForeignKeyConstraint(['producer_id'], ['producer.id'], name=op.f('fk_catalogue_maker_producer_id_producer')),
    sa.PrimaryKeyConstraint('producer_id', name=op.f('pk_catalogue_maker')),
    sa.UniqueConstraint('slug', name=op.f('uq_catalogue_maker_slug'))
    )
    with op.batch_alter_table('catalogue_maker', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_catalogue_maker_district_code'), ['district_code'], unique=False)
        batch_op.create_index('ix_catalogue_maker_name', ['name_key', 'producer_id'], unique=False)

    op.create_table('catalogue_tally',
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('facet', sa.String(), nullable=False),
    sa.Column('value', sa.String(), nullable=False),
    sa.Column('works', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('place', 'facet', 'value', name=op.f('pk_catalogue_tally'))
    )
    op.create_table('message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('inquiry_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('on_behalf', sa.Boolean(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("side IN ('buyer', 'producer', 'curator', 'system')", name=op.f('ck_message_side')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_message_author_id_person')),
    sa.ForeignKeyConstraint(['inquiry_id'], ['inquiry.id'], name=op.f('fk_message_inquiry_id_inquiry')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message')),
    sa.UniqueConstraint('inquiry_id', 'form_key', name=op.f('uq_message_inquiry_id_form_key'))
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_message_inquiry_id'), ['inquiry_id'], unique=False)

    op.create_table('private_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('inquiry_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('wrong_tries', sa.Integer(), nullable=False),
    sa.CheckConstraint("side IN ('buyer', 'producer')", name=op.f('ck_private_link_side')),
    sa.ForeignKeyConstraint(['inquiry_id'], ['inquiry.id'], name=op.f('fk_private_link_inquiry_id_inquiry')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_private_link_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_private_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_private_link_token_hash'))
    )
    with op.batch_alter_table('private_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_private_link_inquiry_id'), ['inquiry_id'], unique=False)

    op.create_table('report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('listing_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('contact', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('handled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('handled_by_id', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.String(), nullable=True),
    sa.CheckConstraint("outcome IS NULL OR outcome IN ('no_cause', 'taken_down', 'noted')", name=op.f('ck_report_outcome')),
    sa.CheckConstraint("reason IN ('not_local', 'printed', 'photo', 'motif', 'text', 'other')", name=op.f('ck_report_reason')),
    sa.CheckConstraint('(handled_at IS NULL) = (outcome IS NULL)', name=op.f('ck_report_handled')),
    sa.ForeignKeyConstraint(['handled_by_id'], ['person.id'], name=op.f('fk_report_handled_by_id_person')),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_report_listing_id_listing')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report')),
    sa.UniqueConstraint('form_key', name=op.f('uq_report_form_key'))
    )
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_listing_id'), ['listing_id'], unique=False)
        batch_op.create_index('ix_report_open', ['at'], unique=False, sqlite_where=sa.text('handled_at IS NULL'), postgresql_where=sa.text('handled_at IS NULL'))

    op.create_table('revision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('listing_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('title_id', sa.String(), nullable=False),
    sa.Column('title_en', sa.String(), nullable=False),
    sa.Column('description_id', sa.String(), nullable=False),
    sa.Column('description_en', sa.String(), nullable=False),
    sa.Column('craft', sa.String(), nullable=True),
    sa.Column('kind', sa.String(), nullable=True),
    sa.Column('technique', sa.String(), nullable=True),
    sa.Column('material', sa.String(), nullable=True),
    sa.Column('dye', sa.String(), nullable=True),
    sa.Column('dye_plants', sa.String(), nullable=False),
    sa.Column('motif_name', sa.String(), nullable=False),
    sa.Column('motif_source', sa.String(), nullable=False),
    sa.Column('length_cm', sa.Integer(), nullable=True),
    sa.Column('width_cm', sa.Integer(), nullable=True),
    sa.Column('height_cm', sa.Integer(), nullable=True),
    sa.Column('weight_g', sa.Integer(), nullable=True),
    sa.Column('packed_length_cm', sa.Integer(), nullable=True),
    sa.Column('packed_width_cm', sa.Integer(), nullable=True),
    sa.Column('packed_height_cm', sa.Integer(), nullable=True),
    sa.Column('care', sa.String(), nullable=False),
    sa.Column('story', sa.String(), nullable=False),
    sa.Column('attributes', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('price_kind', sa.String(), nullable=False),
    sa.Column('price_idr', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('submitted_by_id', sa.Integer(), nullable=True),
    sa.Column('claimed_by_id', sa.Integer(), nullable=True),
    sa.Column('claim_active_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('assigned_to_id', sa.Integer(), nullable=True),
    sa.Column('assigned_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('appealed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(assigned_to_id IS NULL) = (assigned_at IS NULL)", name=op.f('ck_revision_assigned')),
    sa.CheckConstraint("(status = 'in_review') = (claimed_by_id IS NOT NULL)", name=op.f('ck_revision_claimed')),
    sa.CheckConstraint("craft IS NULL OR craft IN ('tenun-ikat', 'meubel', 'gerabah', 'anyaman')", name=op.f('ck_revision_craft')),
    sa.CheckConstraint("dye IS NULL OR dye IN ('natural', 'synthetic', 'mixed')", name=op.f('ck_revision_dye')),
    sa.CheckConstraint("price_kind IN ('fixed', 'from', 'on_request')", name=op.f('ck_revision_price_kind')),
    sa.CheckConstraint("status <> 'published' OR approved_at IS NOT NULL", name=op.f('ck_revision_approved')),
    sa.CheckConstraint("status IN ('draft', 'changes_requested') OR submitted_at IS NOT NULL", name=op.f('ck_revision_submitted')),
    sa.CheckConstraint("status IN ('draft', 'submitted', 'in_review', 'changes_requested', 'rejection_proposed', 'rejected', 'appealed', 'published')", name=op.f('ck_revision_status')),
    sa.ForeignKeyConstraint(['assigned_to_id'], ['person.id'], name=op.f('fk_revision_assigned_to_id_person')),
    sa.ForeignKeyConstraint(['claimed_by_id'], ['person.id'], name=op.f('fk_revision_claimed_by_id_person')),
    sa.ForeignKeyConstraint(['created_by_id'], ['person.id'], name=op.f('fk_revision_created_by_id_person')),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_revision_listing_id_listing')),
    sa.ForeignKeyConstraint(['submitted_by_id'], ['person.id'], name=op.f('fk_revision_submitted_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_revision')),
    sa.UniqueConstraint('listing_id', 'number', name=op.f('uq_revision_listing_id_number'))
    )
    with op.batch_alter_table('revision', schema=None) as batch_op:
        batch_op.create_index('ix_revision_waiting', ['status', 'submitted_at'], unique=False)
        batch_op.create_index('uq_revision_open', ['listing_id'], unique=True, sqlite_where=sa.text("status NOT IN ('published', 'rejected') AND closed_at IS NULL"), postgresql_where=sa.text("status NOT IN ('published', 'rejected') AND closed_at IS NULL"))

    op.create_table('appeal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('listing_id', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_appeal_by_id_person')),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_appeal_listing_id_listing')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_appeal_revision_id_revision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appeal')),
    sa.UniqueConstraint('listing_id', name=op.f('uq_appeal_listing_id'))
    )
    op.create_table('decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('listing_id', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('curator_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('gates', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('scores', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('codes', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('internal_note', sa.String(), nullable=False),
    sa.Column('before', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('approve', 'request_changes', 'reject', 'propose_rejection', 'confirm_rejection', 'disagree', 'uphold', 'grant', 'take_down', 'restore', 'acknowledge', 'revert')", name=op.f('ck_decision_kind')),
    sa.ForeignKeyConstraint(['curator_id'], ['person.id'], name=op.f('fk_decision_curator_id_person')),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_decision_listing_id_listing')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_decision_revision_id_revision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision'))
    )
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.create_index('ix_decision_at', ['at'], unique=False)
        batch_op.create_index('ix_decision_curator_at', ['curator_id', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_decision_listing_id'), ['listing_id'], unique=False)
        batch_op.create_index('ix_decision_revision_at', ['revision_id', 'at'], unique=False)

    op.create_table('event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('for_id', sa.Integer(), nullable=True),
    sa.Column('actor', sa.String(), nullable=False),
    sa.Column('listing_id', sa.Integer(), nullable=True),
    sa.Column('revision_id', sa.Integer(), nullable=True),
    sa.Column('producer_id', sa.Integer(), nullable=True),
    sa.Column('inquiry_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('from_status', sa.String(), nullable=True),
    sa.Column('to_status', sa.String(), nullable=True),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('facts', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_event_by_id_person')),
    sa.ForeignKeyConstraint(['for_id'], ['person.id'], name=op.f('fk_event_for_id_person')),
    sa.ForeignKeyConstraint(['inquiry_id'], ['inquiry.id'], name=op.f('fk_event_inquiry_id_inquiry')),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_event_listing_id_listing')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_event_person_id_person')),
    sa.ForeignKeyConstraint(['producer_id'], ['producer.id'], name=op.f('fk_event_producer_id_producer')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_event_revision_id_revision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event'))
    )
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_event_by_id'), ['by_id'], unique=False)
        batch_op.create_index('ix_event_inquiry', ['inquiry_id', 'id'], unique=False)
        batch_op.create_index('ix_event_listing', ['listing_id', 'id'], unique=False)
        batch_op.create_index('ix_event_person', ['person_id', 'id'], unique=False)
        batch_op.create_index('ix_event_producer', ['producer_id', 'id'], unique=False)

    op.create_table('inquiry_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('inquiry_id', sa.Integer(), nullable=False),
    sa.Column('listing_id', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('photo_id', sa.Integer(), nullable=True),
    sa.Column('price_idr', sa.Integer(), nullable=True),
    sa.Column('price_kind', sa.String(), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('wish', sa.String(), nullable=False),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_inquiry_item_quantity')),
    sa.ForeignKeyConstraint(['inquiry_id'], ['inquiry.id'], name=op.f('fk_inquiry_item_inquiry_id_inquiry')),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_inquiry_item_listing_id_listing')),
    sa.ForeignKeyConstraint(['photo_id'], ['photo.id'], name=op.f('fk_inquiry_item_photo_id_photo')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_inquiry_item_revision_id_revision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inquiry_item'))
    )
    with op.batch_alter_table('inquiry_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inquiry_item_inquiry_id'), ['inquiry_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_inquiry_item_listing_id'), ['listing_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_inquiry_item_photo_id'), ['photo_id'], unique=False)

    op.create_table('link_device',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('link_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['link_id'], ['private_link.id'], name=op.f('fk_link_device_link_id_private_link')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_link_device')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_link_device_token_hash'))
    )
    with op.batch_alter_table('link_device', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_link_device_link_id'), ['link_id'], unique=False)

    op.create_table('message_photo',
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('photo_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_message_photo_message_id_message')),
    sa.ForeignKeyConstraint(['photo_id'], ['photo.id'], name=op.f('fk_message_photo_photo_id_photo')),
    sa.PrimaryKeyConstraint('message_id', 'photo_id', name=op.f('pk_message_photo'))
    )
    op.create_table('review_draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('curator_id', sa.Integer(), nullable=False),
    sa.Column('gates', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('scores', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('codes', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('internal_note', sa.String(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['curator_id'], ['person.id'], name=op.f('fk_review_draft_curator_id_person')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_review_draft_revision_id_revision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_draft')),
    sa.UniqueConstraint('revision_id', 'curator_id', name=op.f('uq_review_draft_revision_id_curator_id'))
    )
    op.create_table('revision_photo',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('photo_id', sa.Integer(), nullable=False),
    sa.Column('slot', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('alt_id', sa.String(), nullable=False),
    sa.Column('alt_en', sa.String(), nullable=False),
    sa.Column('focal_x', sa.Integer(), nullable=False),
    sa.Column('focal_y', sa.Integer(), nullable=False),
    sa.CheckConstraint('focal_x BETWEEN 0 AND 1000 AND focal_y BETWEEN 0 AND 1000', name=op.f('ck_revision_photo_focal')),
    sa.ForeignKeyConstraint(['photo_id'], ['photo.id'], name=op.f('fk_revision_photo_photo_id_photo')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_revision_photo_revision_id_revision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_revision_photo')),
    sa.UniqueConstraint('revision_id', 'photo_id', name=op.f('uq_revision_photo_revision_id_photo_id'))
    )
    with op.batch_alter_table('revision_photo', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_revision_photo_photo_id'), ['photo_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_revision_photo_revision_id'), ['revision_id'], unique=False)

    op.create_table('notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('to_email', sa.String(), nullable=True),
    sa.Column('to_phone', sa.String(), nullable=True),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('facts', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('inquiry_id', sa.Integer(), nullable=True),
    sa.Column('listing_id', sa.Integer(), nullable=True),
    sa.Column('decision_id', sa.Integer(), nullable=True),
    sa.Column('hand_over_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('last_problem', sa.String(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_by_id', sa.Integer(), nullable=True),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(channel = 'email') = (to_email IS NOT NULL)", name=op.f('ck_notice_address')),
    sa.CheckConstraint("channel IN ('email', 'whatsapp')", name=op.f('ck_notice_channel')),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_notice_decision_id_decision')),
    sa.ForeignKeyConstraint(['hand_over_by_id'], ['person.id'], name=op.f('fk_notice_hand_over_by_id_person')),
    sa.ForeignKeyConstraint(['inquiry_id'], ['inquiry.id'], name=op.f('fk_notice_inquiry_id_inquiry')),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_notice_listing_id_listing')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_notice_person_id_person')),
    sa.ForeignKeyConstraint(['sent_by_id'], ['person.id'], name=op.f('fk_notice_sent_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice'))
    )
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_index('ix_notice_due', ['due_at'], unique=False, sqlite_where=sa.text('sent_at IS NULL AND cancelled_at IS NULL'), postgresql_where=sa.text('sent_at IS NULL AND cancelled_at IS NULL'))
        batch_op.create_index(batch_op.f('ix_notice_hand_over_by_id'), ['hand_over_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_notice_inquiry_id'), ['inquiry_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_notice_person_id'), ['person_id'], unique=False)

    # Tables that point at each other: SQLite takes these keys inside CREATE TABLE, PostgreSQL only afterwards.
    if op.get_bind().dialect.name == "postgresql":
        op.create_foreign_key("fk_photo_producer_id_producer", "photo", "producer", ["producer_id"], ["id"])
        op.create_foreign_key("fk_photo_inquiry_id_inquiry", "photo", "inquiry", ["inquiry_id"], ["id"])
        op.create_foreign_key("fk_producer_photo_id_photo", "producer", "photo", ["photo_id"], ["id"])
        op.create_foreign_key("fk_listing_live_revision_id_revision", "listing", "revision", ["live_revision_id"], ["id"])



def downgrade():
    raise NotImplementedError("there is nothing before the first tables")
