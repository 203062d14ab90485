"""A board that is safe to write on

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


# Autogenerate sees no triggers: these tables take lines and give none back.
GUARD = {
    'sqlite': (
        "CREATE TRIGGER account_audit_no_update BEFORE UPDATE ON account_audit BEGIN SELECT RAISE(ABORT, 'account_audit is append-only'); END",
        "CREATE TRIGGER account_audit_no_delete BEFORE DELETE ON account_audit BEGIN SELECT RAISE(ABORT, 'account_audit is append-only'); END",
        "CREATE TRIGGER account_audit_no_replace BEFORE INSERT ON account_audit WHEN EXISTS (SELECT 1 FROM account_audit WHERE number = NEW.number) BEGIN SELECT RAISE(ABORT, 'account_audit is append-only'); END",
        "CREATE TRIGGER moderation_decision_no_update BEFORE UPDATE ON moderation_decision BEGIN SELECT RAISE(ABORT, 'moderation_decision is append-only'); END",
        "CREATE TRIGGER moderation_decision_no_delete BEFORE DELETE ON moderation_decision BEGIN SELECT RAISE(ABORT, 'moderation_decision is append-only'); END",
        "CREATE TRIGGER moderation_decision_no_replace BEFORE INSERT ON moderation_decision WHEN EXISTS (SELECT 1 FROM moderation_decision WHERE number = NEW.number) BEGIN SELECT RAISE(ABORT, 'moderation_decision is append-only'); END",
    ),
    'postgresql': (
        "CREATE OR REPLACE FUNCTION account_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'account_audit is append-only'; END $$",
        'CREATE TRIGGER account_audit_no_change BEFORE UPDATE OR DELETE ON account_audit FOR EACH ROW EXECUTE FUNCTION account_audit_refuse()',
        'CREATE TRIGGER account_audit_no_truncate BEFORE TRUNCATE ON account_audit FOR EACH STATEMENT EXECUTE FUNCTION account_audit_refuse()',
        "CREATE OR REPLACE FUNCTION moderation_decision_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'moderation_decision is append-only'; END $$",
        'CREATE TRIGGER moderation_decision_no_change BEFORE UPDATE OR DELETE ON moderation_decision FOR EACH ROW EXECUTE FUNCTION moderation_decision_refuse()',
        'CREATE TRIGGER moderation_decision_no_truncate BEFORE TRUNCATE ON moderation_decision FOR EACH STATEMENT EXECUTE FUNCTION moderation_decision_refuse()',
    ),
}
FREE = {
    'sqlite': (
        'DROP TRIGGER IF EXISTS account_audit_no_update',
        'DROP TRIGGER IF EXISTS account_audit_no_delete',
        'DROP TRIGGER IF EXISTS account_audit_no_replace',
        'DROP TRIGGER IF EXISTS moderation_decision_no_update',
        'DROP TRIGGER IF EXISTS moderation_decision_no_delete',
        'DROP TRIGGER IF EXISTS moderation_decision_no_replace',
    ),
    'postgresql': (
        'DROP FUNCTION IF EXISTS account_audit_refuse() CASCADE',
        'DROP FUNCTION IF EXISTS moderation_decision_refuse() CASCADE',
    ),
}


def upgrade() -> None:
    op.create_table('account',
    sa.Column('roles', sa.String(length=60), nullable=False),
    sa.Column('nurse', sa.Boolean(), nullable=False),
    sa.Column('password', sa.String(length=200), nullable=False),
    sa.Column('training', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('login', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('mail', sa.String(length=120), nullable=False),
    sa.Column('code_box', sa.LargeBinary(), nullable=False),
    sa.Column('code_step', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('login', name=op.f('uq_account_login'))
    )
    op.create_table('account_audit',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=True),
    sa.Column('staff_name', sa.String(length=40), nullable=False),
    sa.Column('verb', sa.String(length=60), nullable=False),
    sa.Column('subject', sa.String(length=60), nullable=False),
    sa.Column('reason', sa.String(length=60), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_account_audit'))
    )
    with op.batch_alter_table('account_audit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_account_audit_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_account_audit_staff_id'), ['staff_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_account_audit_subject'), ['subject'], unique=False)

    op.create_table('account_failure',
    sa.Column('tag', sa.LargeBinary(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tag', name=op.f('pk_account_failure'))
    )
    op.create_table('digest',
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('least', sa.Integer(), nullable=False),
    sa.Column('tables', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('month', name=op.f('pk_digest'))
    )
    op.create_table('kept_text',
    sa.Column('thread_id', sa.String(length=10), nullable=False),
    sa.Column('post_id', sa.String(length=10), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('thread_id', 'post_id', name=op.f('pk_kept_text'))
    )
    op.create_table('moderation_alarm',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('told', sa.Integer(), nullable=False),
    sa.Column('fault', sa.String(length=60), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_moderation_alarm'))
    )
    with op.batch_alter_table('moderation_alarm', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_moderation_alarm_kind'), ['kind'], unique=False)

    op.create_table('moderation_appeal',
    sa.Column('decision_id', sa.String(length=10), nullable=False),
    sa.Column('thread_id', sa.String(length=10), nullable=False),
    sa.Column('post_key', sa.String(length=10), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('decision_id', name=op.f('pk_moderation_appeal')),
    sa.UniqueConstraint('thread_id', 'post_key', name=op.f('uq_moderation_appeal_thread_id_post_key'))
    )
    op.create_table('moderation_decision',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('item_id', sa.String(length=10), nullable=False),
    sa.Column('thread_id', sa.String(length=10), nullable=False),
    sa.Column('post_id', sa.String(length=10), nullable=True),
    sa.Column('action', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.String(length=16), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('second_id', sa.Integer(), nullable=True),
    sa.Column('after_appeal', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_moderation_decision')),
    sa.UniqueConstraint('public_id', name=op.f('uq_moderation_decision_public_id'))
    )
    with op.batch_alter_table('moderation_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_moderation_decision_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_moderation_decision_item_id'), ['item_id'], unique=False)
        batch_op.create_index('ix_moderation_decision_text', ['thread_id', 'post_id'], unique=False)

    op.create_table('moderation_exposure',
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('heavy', sa.Integer(), nullable=False),
    sa.Column('light', sa.Integer(), nullable=False),
    sa.Column('in_a_row', sa.Integer(), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('staff_id', 'day', name=op.f('pk_moderation_exposure'))
    )
    op.create_table('moderation_flag',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('thread_id', sa.String(length=10), nullable=False),
    sa.Column('post_id', sa.String(length=10), nullable=True),
    sa.Column('tone', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.String(length=12), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tag', sa.String(length=64), nullable=False),
    sa.Column('counts', sa.Boolean(), nullable=False),
    sa.Column('done', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_moderation_flag')),
    sa.UniqueConstraint('tag', name=op.f('uq_moderation_flag_tag'))
    )
    with op.batch_alter_table('moderation_flag', schema=None) as batch_op:
        batch_op.create_index('ix_moderation_flag_text', ['thread_id', 'post_id'], unique=False)

    op.create_table('moderation_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('thread_id', sa.String(length=10), nullable=False),
    sa.Column('post_id', sa.String(length=10), nullable=True),
    sa.Column('open_key', sa.String(length=21), nullable=True),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('why', sa.String(length=100), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('claimed_by', sa.Integer(), nullable=True),
    sa.Column('claimed_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('alarmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('proposed_action', sa.String(length=12), nullable=True),
    sa.Column('proposed_reason', sa.String(length=16), nullable=True),
    sa.Column('proposed_by', sa.Integer(), nullable=True),
    sa.Column('proposed_name', sa.String(length=40), nullable=True),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('barred', sa.Integer(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_moderation_item')),
    sa.UniqueConstraint('open_key', name=op.f('uq_moderation_item_open_key')),
    sa.UniqueConstraint('public_id', name=op.f('uq_moderation_item_public_id'))
    )
    with op.batch_alter_table('moderation_item', schema=None) as batch_op:
        batch_op.create_index('ix_moderation_item_text', ['thread_id', 'post_id'], unique=False)

    op.create_table('moderation_letter',
    sa.Column('decision_id', sa.String(length=10), nullable=False),
    sa.Column('thread_id', sa.String(length=10), nullable=False),
    sa.Column('post_id', sa.String(length=10), nullable=True),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('fixed', sa.Text(), nullable=False),
    sa.Column('reposted_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('decision_id', name=op.f('pk_moderation_letter'))
    )
    with op.batch_alter_table('moderation_letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_moderation_letter_thread_id'), ['thread_id'], unique=False)

    op.create_table('moderation_notice',
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.String(length=16), nullable=False),
    sa.Column('thread_id', sa.String(length=10), nullable=True),
    sa.Column('once', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('public_id', name=op.f('pk_moderation_notice')),
    sa.UniqueConstraint('once', name=op.f('uq_moderation_notice_once'))
    )
    op.create_table('moderation_trip',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'purpose', name=op.f('pk_moderation_trip'))
    )
    op.create_table('voice_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('thread_id', sa.String(length=10), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.String(length=40), nullable=False),
    sa.CheckConstraint("status IN ('received', 'considered', 'done', 'refused')", name=op.f('ck_voice_answer_status')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_voice_answer'))
    )
    with op.batch_alter_table('voice_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_voice_answer_thread_id'), ['thread_id'], unique=False)

    op.create_table('account_invitation',
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('roles', sa.String(length=60), nullable=False),
    sa.Column('nurse', sa.Boolean(), nullable=False),
    sa.Column('mail', sa.String(length=120), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=True),
    sa.Column('tag', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['account.id'], name=op.f('fk_account_invitation_staff_id_account')),
    sa.PrimaryKeyConstraint('tag', name=op.f('pk_account_invitation')),
    sa.UniqueConstraint('public_id', name=op.f('uq_account_invitation_public_id'))
    )
    op.create_table('account_recovery_code',
    sa.Column('tag', sa.LargeBinary(), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['account.id'], name=op.f('fk_account_recovery_code_staff_id_account')),
    sa.PrimaryKeyConstraint('tag', name=op.f('pk_account_recovery_code'))
    )
    with op.batch_alter_table('account_recovery_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_account_recovery_code_staff_id'), ['staff_id'], unique=False)

    op.create_table('account_session',
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('new_code_box', sa.LargeBinary(), nullable=True),
    sa.Column('tag', sa.LargeBinary(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('device', sa.String(length=40), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('code_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['staff_id'], ['account.id'], name=op.f('fk_account_session_staff_id_account')),
    sa.PrimaryKeyConstraint('tag', name=op.f('pk_account_session')),
    sa.UniqueConstraint('public_id', name=op.f('uq_account_session_public_id'))
    )
    with op.batch_alter_table('account_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_account_session_staff_id'), ['staff_id'], unique=False)

    op.create_table('account_training_link',
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('tag', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['account.id'], name=op.f('fk_account_training_link_staff_id_account')),
    sa.PrimaryKeyConstraint('tag', name=op.f('pk_account_training_link'))
    )
    with op.batch_alter_table('post', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_post_origin'), type_='check')
        batch_op.create_check_constraint(op.f('ck_post_origin'), "origin IN ('parent', 'counter', 'officer', 'sample', 'city')")
        batch_op.add_column(sa.Column('level', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('rules', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('cards', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('keep_inside', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('first', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('waits', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('thread', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_thread_origin'), type_='check')
        batch_op.create_check_constraint(op.f('ck_thread_origin'), "origin IN ('parent', 'counter', 'officer', 'sample', 'city')")
        batch_op.add_column(sa.Column('locked_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('level', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('rules', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('cards', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('keep_inside', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('first', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('waits', sa.Boolean(), server_default=sa.false(), nullable=False))

    for statement in GUARD[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in FREE[op.get_bind().dialect.name]:
        op.execute(statement)
    with op.batch_alter_table('thread', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_thread_origin'), type_='check')
        batch_op.create_check_constraint(op.f('ck_thread_origin'), "origin IN ('parent', 'sample', 'city')")
        batch_op.drop_column('waits')
        batch_op.drop_column('first')
        batch_op.drop_column('keep_inside')
        batch_op.drop_column('cards')
        batch_op.drop_column('rules')
        batch_op.drop_column('level')
        batch_op.drop_column('locked_at')

    with op.batch_alter_table('post', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_post_origin'), type_='check')
        batch_op.create_check_constraint(op.f('ck_post_origin'), "origin IN ('parent', 'sample', 'city')")
        batch_op.drop_column('waits')
        batch_op.drop_column('first')
        batch_op.drop_column('keep_inside')
        batch_op.drop_column('cards')
        batch_op.drop_column('rules')
        batch_op.drop_column('level')

    op.drop_table('account_training_link')
    with op.batch_alter_table('account_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_account_session_staff_id'))

    op.drop_table('account_session')
    with op.batch_alter_table('account_recovery_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_account_recovery_code_staff_id'))

    op.drop_table('account_recovery_code')
    op.drop_table('account_invitation')
    with op.batch_alter_table('voice_answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_voice_answer_thread_id'))

    op.drop_table('voice_answer')
    op.drop_table('moderation_trip')
    op.drop_table('moderation_notice')
    with op.batch_alter_table('moderation_letter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_moderation_letter_thread_id'))

    op.drop_table('moderation_letter')
    with op.batch_alter_table('moderation_item', schema=None) as batch_op:
        batch_op.drop_index('ix_moderation_item_text')

    op.drop_table('moderation_item')
    with op.batch_alter_table('moderation_flag', schema=None) as batch_op:
        batch_op.drop_index('ix_moderation_flag_text')

    op.drop_table('moderation_flag')
    op.drop_table('moderation_exposure')
    with op.batch_alter_table('moderation_decision', schema=None) as batch_op:
        batch_op.drop_index('ix_moderation_decision_text')
        batch_op.drop_index(batch_op.f('ix_moderation_decision_item_id'))
        batch_op.drop_index(batch_op.f('ix_moderation_decision_at'))

    op.drop_table('moderation_decision')
    op.drop_table('moderation_appeal')
    with op.batch_alter_table('moderation_alarm', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_moderation_alarm_kind'))

    op.drop_table('moderation_alarm')
    op.drop_table('kept_text')
    op.drop_table('digest')
    op.drop_table('account_failure')
    with op.batch_alter_table('account_audit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_account_audit_subject'))
        batch_op.drop_index(batch_op.f('ix_account_audit_staff_id'))
        batch_op.drop_index(batch_op.f('ix_account_audit_at'))

    op.drop_table('account_audit')
    op.drop_table('account')
