"""The letterbox and the desk

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=True),
    sa.Column('staff_name', sa.String(length=40), nullable=False),
    sa.Column('verb', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_audit'))
    )
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_staff_id'), ['staff_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_subject'), ['subject'], unique=False)

    op.create_table('audit_head',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('seal', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_head'))
    )
    op.create_table('case',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('groups', sa.String(length=60), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('urgent', sa.Boolean(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('clock_started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('first_read_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('clock_ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('clock_end', sa.String(length=12), nullable=True),
    sa.Column('look_again_on', sa.Date(), nullable=True),
    sa.Column('holder_id', sa.Integer(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('merged_into_id', sa.Integer(), nullable=True),
    sa.Column('record_class', sa.String(length=20), nullable=False),
    sa.Column('legal_hold', sa.Boolean(), nullable=False),
    sa.Column('training', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("clock_end IN ('seen', 'accepted', 'unconfirmed')", name=op.f('ck_case_known_end')),
    sa.CheckConstraint("status IN ('new', 'open', 'closed', 'merged')", name=op.f('ck_case_known_status')),
    sa.CheckConstraint('(clock_ended_at IS NULL) = (clock_end IS NULL)', name=op.f('ck_case_an_end_has_a_kind')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['case.id'], name=op.f('fk_case_merged_into_id_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case')),
    sa.UniqueConstraint('public_id', name=op.f('uq_case_public_id'))
    )
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_due_at'), ['due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_holder_id'), ['holder_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_status'), ['status'], unique=False)

    op.create_table('desk_key',
    sa.Column('id', sa.String(length=10), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('training', sa.Boolean(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_desk_key'))
    )
    op.create_table('exchange_acknowledged',
    sa.Column('name', sa.String(length=90), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_exchange_acknowledged'))
    )
    op.create_table('exchange_peer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('verify_key', sa.LargeBinary(), nullable=False),
    sa.Column('heard_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fetched_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_number', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exchange_peer'))
    )
    op.create_table('exchange_to_acknowledge',
    sa.Column('name', sa.String(length=90), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_exchange_to_acknowledge'))
    )
    op.create_table('staff',
    sa.Column('role', sa.String(length=12), nullable=False),
    sa.Column('groups', sa.String(length=60), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('private_box', sa.LargeBinary(), nullable=False),
    sa.Column('training', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('login', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('mail', sa.String(length=120), nullable=False),
    sa.Column('code_box', sa.LargeBinary(), nullable=False),
    sa.Column('code_step', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("role IN ('worker', 'supervisor', 'officer', 'auditor')", name=op.f('ck_staff_known_role')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff')),
    sa.UniqueConstraint('login', name=op.f('uq_staff_login'))
    )
    op.create_table('staff_failure',
    sa.Column('tag', sa.LargeBinary(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tag', name=op.f('pk_staff_failure'))
    )
    op.create_table('staff_invitation',
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('role', sa.String(length=12), nullable=False),
    sa.Column('groups', sa.String(length=60), nullable=False),
    sa.Column('mail', sa.String(length=120), nullable=False),
    sa.Column('keys_box', sa.LargeBinary(), nullable=True),
    sa.Column('training', sa.Boolean(), nullable=False),
    sa.Column('tag', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tag', name=op.f('pk_staff_invitation')),
    sa.UniqueConstraint('public_id', name=op.f('uq_staff_invitation_public_id'))
    )
    op.create_table('staff_recovery_key',
    sa.Column('id', sa.String(length=10), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_recovery_key'))
    )
    op.create_table('vault_setting',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('value', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_vault_setting'))
    )
    op.create_table('watch_alarm',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('subject', sa.String(length=20), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('acknowledged_by', sa.Integer(), nullable=True),
    sa.Column('acknowledged_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_watch_alarm')),
    sa.UniqueConstraint('public_id', name=op.f('uq_watch_alarm_public_id'))
    )
    with op.batch_alter_table('watch_alarm', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_watch_alarm_closed_at'), ['closed_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_watch_alarm_subject'), ['subject'], unique=False)
        batch_op.create_index('uq_watch_alarm_running', ['kind', 'subject'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

    op.create_table('watch_beat',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('looked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('latest_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('jumped', sa.Boolean(), nullable=False),
    sa.Column('mail', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_watch_beat'))
    )
    op.create_table('watch_shift',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.String(length=20), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('written_by', sa.Integer(), nullable=True),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_watch_shift_a_shift_lasts')),
    sa.CheckConstraint('rank IN (0, 1, 2)', name=op.f('ck_watch_shift_known_rank')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_watch_shift'))
    )
    with op.batch_alter_table('watch_shift', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_watch_shift_ends_at'), ['ends_at'], unique=False)

    op.create_table('assessment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_assessment_case_id_case')),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_assessment_key_id_desk_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment')),
    sa.UniqueConstraint('public_id', name=op.f('uq_assessment_public_id'))
    )
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assessment_case_id'), ['case_id'], unique=False)

    op.create_table('case_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('verb', sa.String(length=30), nullable=False),
    sa.Column('once', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_change_case_id_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_change')),
    sa.UniqueConstraint('once', name=op.f('uq_case_change_once'))
    )
    with op.batch_alter_table('case_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_change_case_id'), ['case_id'], unique=False)

    op.create_table('case_child',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_seen_by', sa.Integer(), nullable=True),
    sa.Column('last_kind', sa.String(length=12), nullable=True),
    sa.Column('dropped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_child_case_id_case')),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_case_child_key_id_desk_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_child')),
    sa.UniqueConstraint('public_id', name=op.f('uq_case_child_public_id'))
    )
    with op.batch_alter_table('case_child', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_child_case_id'), ['case_id'], unique=False)

    op.create_table('case_codes',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_codes_case_id_case')),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_case_codes_key_id_desk_key')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_case_codes'))
    )
    op.create_table('case_conflict',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('marked_by', sa.Integer(), nullable=False),
    sa.Column('marked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lifted_by', sa.Integer(), nullable=True),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_conflict_case_id_case')),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_case_conflict_key_id_desk_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_conflict')),
    sa.UniqueConstraint('public_id', name=op.f('uq_case_conflict_public_id'))
    )
    with op.batch_alter_table('case_conflict', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_conflict_staff_id'), ['staff_id'], unique=False)
        batch_op.create_index('uq_case_conflict_standing', ['case_id', 'staff_id'], unique=True, sqlite_where=sa.text('lifted_at IS NULL'), postgresql_where=sa.text('lifted_at IS NULL'))

    op.create_table('case_deletion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('asked_by', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('refused_by', sa.Integer(), nullable=True),
    sa.Column('refused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_deletion_case_id_case')),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_case_deletion_key_id_desk_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_deletion')),
    sa.UniqueConstraint('public_id', name=op.f('uq_case_deletion_public_id'))
    )
    with op.batch_alter_table('case_deletion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_deletion_case_id'), ['case_id'], unique=False)

    op.create_table('case_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('corrects_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_entry_case_id_case')),
    sa.ForeignKeyConstraint(['corrects_id'], ['case_entry.id'], name=op.f('fk_case_entry_corrects_id_case_entry')),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_case_entry_key_id_desk_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_entry')),
    sa.UniqueConstraint('public_id', name=op.f('uq_case_entry_public_id'))
    )
    with op.batch_alter_table('case_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_entry_case_id'), ['case_id'], unique=False)

    op.create_table('case_merge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('into_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('status_before', sa.String(length=10), nullable=False),
    sa.Column('groups_before', sa.String(length=60), nullable=False),
    sa.Column('urgent_before', sa.Boolean(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('end', sa.String(length=12), nullable=True),
    sa.Column('look_again_on', sa.Date(), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by', sa.Integer(), nullable=True),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_merge_case_id_case')),
    sa.ForeignKeyConstraint(['into_id'], ['case.id'], name=op.f('fk_case_merge_into_id_case')),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_case_merge_key_id_desk_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_merge')),
    sa.UniqueConstraint('public_id', name=op.f('uq_case_merge_public_id'))
    )
    with op.batch_alter_table('case_merge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_merge_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_merge_into_id'), ['into_id'], unique=False)

    op.create_table('case_offer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('from_id', sa.Integer(), nullable=True),
    sa.Column('asked_by', sa.Integer(), nullable=False),
    sa.Column('to_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended', sa.String(length=12), nullable=True),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_offer_case_id_case')),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_case_offer_key_id_desk_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_offer')),
    sa.UniqueConstraint('public_id', name=op.f('uq_case_offer_public_id'))
    )
    with op.batch_alter_table('case_offer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_offer_to_id'), ['to_id'], unique=False)
        batch_op.create_index('uq_case_offer_waiting', ['case_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('case_person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_person_case_id_case')),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_case_person_key_id_desk_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_person')),
    sa.UniqueConstraint('public_id', name=op.f('uq_case_person_public_id'))
    )
    with op.batch_alter_table('case_person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_person_case_id'), ['case_id'], unique=False)

    op.create_table('case_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('late', sa.Boolean(), nullable=False),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_step_case_id_case')),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_case_step_key_id_desk_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_step')),
    sa.UniqueConstraint('public_id', name=op.f('uq_case_step_public_id'))
    )
    with op.batch_alter_table('case_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_step_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_step_case_id'), ['case_id'], unique=False)

    op.create_table('case_summary',
    sa.Column('case_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_summary_case_id_case')),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_case_summary_key_id_desk_key')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_case_summary'))
    )
    op.create_table('case_task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('holder_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_by', sa.Integer(), nullable=True),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_task_case_id_case')),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_case_task_key_id_desk_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_task')),
    sa.UniqueConstraint('public_id', name=op.f('uq_case_task_public_id'))
    )
    with op.batch_alter_table('case_task', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_task_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_task_due_at'), ['due_at'], unique=False)

    op.create_table('meeting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('once', sa.String(length=64), nullable=False),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_meeting_key_id_desk_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting')),
    sa.UniqueConstraint('once', name=op.f('uq_meeting_once')),
    sa.UniqueConstraint('public_id', name=op.f('uq_meeting_public_id'))
    )
    op.create_table('paper_approval',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('once', sa.String(length=64), nullable=False),
    sa.Column('asked_by', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_by', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('agreed', sa.Boolean(), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_paper_approval_case_id_case')),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_paper_approval_key_id_desk_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_approval')),
    sa.UniqueConstraint('once', name=op.f('uq_paper_approval_once')),
    sa.UniqueConstraint('public_id', name=op.f('uq_paper_approval_public_id'))
    )
    with op.batch_alter_table('paper_approval', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_approval_case_id'), ['case_id'], unique=False)

    op.create_table('phone_draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_phone_draft_key_id_desk_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_phone_draft')),
    sa.UniqueConstraint('public_id', name=op.f('uq_phone_draft_public_id'))
    )
    with op.batch_alter_table('phone_draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_phone_draft_staff_id'), ['staff_id'], unique=False)

    op.create_table('report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entrance', sa.String(length=12), nullable=False),
    sa.Column('burst', sa.Integer(), nullable=False),
    sa.Column('once', sa.String(length=64), nullable=False),
    sa.Column('lookup', sa.LargeBinary(), nullable=True),
    sa.Column('reporter_key', sa.LargeBinary(), nullable=True),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('identity', sa.LargeBinary(), nullable=True),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_report_case_id_case')),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_report_key_id_desk_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report')),
    sa.UniqueConstraint('lookup', name=op.f('uq_report_lookup')),
    sa.UniqueConstraint('once', name=op.f('uq_report_once')),
    sa.UniqueConstraint('public_id', name=op.f('uq_report_public_id'))
    )
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.create_index('ix_report_burst_case_id', ['burst', 'case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_report_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_report_received_at'), ['received_at'], unique=False)

    op.create_table('screening',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_screening_case_id_case')),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_screening_key_id_desk_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_screening')),
    sa.UniqueConstraint('public_id', name=op.f('uq_screening_public_id'))
    )
    with op.batch_alter_table('screening', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_screening_case_id'), ['case_id'], unique=False)

    op.create_table('staff_key_copy',
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('box', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_staff_key_copy_key_id_desk_key')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_staff_key_copy_staff_id_staff')),
    sa.PrimaryKeyConstraint('staff_id', 'key_id', name=op.f('pk_staff_key_copy'))
    )
    op.create_table('staff_officer_pair',
    sa.Column('recovery_id', sa.String(length=10), nullable=False),
    sa.Column('pair', sa.String(length=5), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=False),
    sa.Column('box', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['recovery_id'], ['staff_recovery_key.id'], name=op.f('fk_staff_officer_pair_recovery_id_staff_recovery_key')),
    sa.PrimaryKeyConstraint('recovery_id', 'pair', name=op.f('pk_staff_officer_pair'))
    )
    op.create_table('staff_recovery_code',
    sa.Column('tag', sa.LargeBinary(), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_staff_recovery_code_staff_id_staff')),
    sa.PrimaryKeyConstraint('tag', name=op.f('pk_staff_recovery_code'))
    )
    with op.batch_alter_table('staff_recovery_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_recovery_code_staff_id'), ['staff_id'], unique=False)

    op.create_table('staff_recovery_copy',
    sa.Column('recovery_id', sa.String(length=10), nullable=False),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('box', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_staff_recovery_copy_key_id_desk_key')),
    sa.ForeignKeyConstraint(['recovery_id'], ['staff_recovery_key.id'], name=op.f('fk_staff_recovery_copy_recovery_id_staff_recovery_key')),
    sa.PrimaryKeyConstraint('recovery_id', 'key_id', name=op.f('pk_staff_recovery_copy'))
    )
    op.create_table('staff_session',
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('private_box', sa.LargeBinary(), nullable=True),
    sa.Column('new_code_box', sa.LargeBinary(), nullable=True),
    sa.Column('tag', sa.LargeBinary(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('device', sa.String(length=40), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('code_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_staff_session_staff_id_staff')),
    sa.PrimaryKeyConstraint('tag', name=op.f('pk_staff_session')),
    sa.UniqueConstraint('public_id', name=op.f('uq_staff_session_public_id'))
    )
    with op.batch_alter_table('staff_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_session_staff_id'), ['staff_id'], unique=False)

    op.create_table('staff_training_link',
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('private_box', sa.LargeBinary(), nullable=False),
    sa.Column('tag', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_staff_training_link_staff_id_staff')),
    sa.PrimaryKeyConstraint('tag', name=op.f('pk_staff_training_link'))
    )
    op.create_table('statistics_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('table_id', sa.String(length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('once', sa.String(length=64), nullable=False),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_statistics_change_key_id_desk_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_statistics_change')),
    sa.UniqueConstraint('once', name=op.f('uq_statistics_change_once')),
    sa.UniqueConstraint('year', 'table_id', 'number', name=op.f('uq_statistics_change_year_table_id_number'))
    )
    op.create_table('watch_notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('alarm_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('wanted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('dropped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('fault', sa.String(length=40), nullable=True),
    sa.ForeignKeyConstraint(['alarm_id'], ['watch_alarm.id'], name=op.f('fk_watch_notice_alarm_id_watch_alarm'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_watch_notice')),
    sa.UniqueConstraint('alarm_id', 'step', 'staff_id', 'channel', name=op.f('uq_watch_notice_alarm_id_step_staff_id_channel'))
    )
    op.create_table('case_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_decision_case_id_case')),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_case_decision_key_id_desk_key')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_case_decision_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_decision')),
    sa.UniqueConstraint('public_id', name=op.f('uq_case_decision_public_id'))
    )
    with op.batch_alter_table('case_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_decision_case_id'), ['case_id'], unique=False)

    op.create_table('case_sighting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('child_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('late', sa.Boolean(), nullable=False),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_sighting_case_id_case')),
    sa.ForeignKeyConstraint(['child_id'], ['case_child.id'], name=op.f('fk_case_sighting_child_id_case_child')),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_case_sighting_key_id_desk_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_sighting')),
    sa.UniqueConstraint('public_id', name=op.f('uq_case_sighting_public_id'))
    )
    with op.batch_alter_table('case_sighting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_sighting_case_id'), ['case_id'], unique=False)

    op.create_table('meeting_case',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_meeting_case_case_id_case')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_case_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_case')),
    sa.UniqueConstraint('meeting_id', 'case_id', name=op.f('uq_meeting_case_meeting_id_case_id'))
    )
    with op.batch_alter_table('meeting_case', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_case_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_case_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('meeting_correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('once', sa.String(length=64), nullable=False),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_meeting_correction_key_id_desk_key')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_correction_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_correction')),
    sa.UniqueConstraint('meeting_id', 'number', name=op.f('uq_meeting_correction_meeting_id_number')),
    sa.UniqueConstraint('once', name=op.f('uq_meeting_correction_once'))
    )
    with op.batch_alter_table('meeting_correction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_correction_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('direction', sa.String(length=3), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('once', sa.String(length=64), nullable=False),
    sa.Column('key_id', sa.String(length=10), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('reporter_box', sa.LargeBinary(), nullable=True),
    sa.Column('staff_id', sa.Integer(), nullable=True),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("direction IN ('in', 'out')", name=op.f('ck_message_known_direction')),
    sa.ForeignKeyConstraint(['key_id'], ['desk_key.id'], name=op.f('fk_message_key_id_desk_key')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_message_report_id_report')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message')),
    sa.UniqueConstraint('once', name=op.f('uq_message_once'))
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.create_index('ix_message_direction_read_at', ['direction', 'read_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_message_report_id'), ['report_id'], unique=False)

    op.create_table('attachment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_attachment_message_id_message')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_attachment_report_id_report')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment'))
    )
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attachment_report_id'), ['report_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attachment_report_id'))

    op.drop_table('attachment')
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_message_report_id'))
        batch_op.drop_index('ix_message_direction_read_at')

    op.drop_table('message')
    with op.batch_alter_table('meeting_correction', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_correction_meeting_id'))

    op.drop_table('meeting_correction')
    with op.batch_alter_table('meeting_case', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_case_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_case_case_id'))

    op.drop_table('meeting_case')
    with op.batch_alter_table('case_sighting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_sighting_case_id'))

    op.drop_table('case_sighting')
    with op.batch_alter_table('case_decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_decision_case_id'))

    op.drop_table('case_decision')
    op.drop_table('watch_notice')
    op.drop_table('statistics_change')
    op.drop_table('staff_training_link')
    with op.batch_alter_table('staff_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_session_staff_id'))

    op.drop_table('staff_session')
    op.drop_table('staff_recovery_copy')
    with op.batch_alter_table('staff_recovery_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_recovery_code_staff_id'))

    op.drop_table('staff_recovery_code')
    op.drop_table('staff_officer_pair')
    op.drop_table('staff_key_copy')
    with op.batch_alter_table('screening', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_screening_case_id'))

    op.drop_table('screening')
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_received_at'))
        batch_op.drop_index(batch_op.f('ix_report_case_id'))
        batch_op.drop_index('ix_report_burst_case_id')

    op.drop_table('report')
    with op.batch_alter_table('phone_draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_phone_draft_staff_id'))

    op.drop_table('phone_draft')
    with op.batch_alter_table('paper_approval', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_approval_case_id'))

    op.drop_table('paper_approval')
    op.drop_table('meeting')
    with op.batch_alter_table('case_task', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_task_due_at'))
        batch_op.drop_index(batch_op.f('ix_case_task_case_id'))

    op.drop_table('case_task')
    op.drop_table('case_summary')
    with op.batch_alter_table('case_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_step_case_id'))
        batch_op.drop_index(batch_op.f('ix_case_step_at'))

    op.drop_table('case_step')
    with op.batch_alter_table('case_person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_person_case_id'))

    op.drop_table('case_person')
    with op.batch_alter_table('case_offer', schema=None) as batch_op:
        batch_op.drop_index('uq_case_offer_waiting', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_case_offer_to_id'))

    op.drop_table('case_offer')
    with op.batch_alter_table('case_merge', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_merge_into_id'))
        batch_op.drop_index(batch_op.f('ix_case_merge_case_id'))

    op.drop_table('case_merge')
    with op.batch_alter_table('case_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_entry_case_id'))

    op.drop_table('case_entry')
    with op.batch_alter_table('case_deletion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_deletion_case_id'))

    op.drop_table('case_deletion')
    with op.batch_alter_table('case_conflict', schema=None) as batch_op:
        batch_op.drop_index('uq_case_conflict_standing', sqlite_where=sa.text('lifted_at IS NULL'), postgresql_where=sa.text('lifted_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_case_conflict_staff_id'))

    op.drop_table('case_conflict')
    op.drop_table('case_codes')
    with op.batch_alter_table('case_child', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_child_case_id'))

    op.drop_table('case_child')
    with op.batch_alter_table('case_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_change_case_id'))

    op.drop_table('case_change')
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assessment_case_id'))

    op.drop_table('assessment')
    with op.batch_alter_table('watch_shift', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_watch_shift_ends_at'))

    op.drop_table('watch_shift')
    op.drop_table('watch_beat')
    with op.batch_alter_table('watch_alarm', schema=None) as batch_op:
        batch_op.drop_index('uq_watch_alarm_running', sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_watch_alarm_subject'))
        batch_op.drop_index(batch_op.f('ix_watch_alarm_closed_at'))

    op.drop_table('watch_alarm')
    op.drop_table('vault_setting')
    op.drop_table('staff_recovery_key')
    op.drop_table('staff_invitation')
    op.drop_table('staff_failure')
    op.drop_table('staff')
    op.drop_table('exchange_to_acknowledge')
    op.drop_table('exchange_peer')
    op.drop_table('exchange_acknowledged')
    op.drop_table('desk_key')
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_status'))
        batch_op.drop_index(batch_op.f('ix_case_holder_id'))
        batch_op.drop_index(batch_op.f('ix_case_due_at'))

    op.drop_table('case')
    op.drop_table('audit_head')
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_subject'))
        batch_op.drop_index(batch_op.f('ix_audit_staff_id'))
        batch_op.drop_index(batch_op.f('ix_audit_at'))

    op.drop_table('audit')
