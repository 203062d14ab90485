"""The first tables of the forum

Revision: 0001, the first
"""

import sqlalchemy as sa
from alembic import op


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('content_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_version'))
    )
    op.create_table('memo',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('lookup', sa.String(length=64), nullable=False),
    sa.Column('box', sa.LargeBinary(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_memo')),
    sa.UniqueConstraint('lookup', name=op.f('uq_memo_lookup'))
    )
    with op.batch_alter_table('memo', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_memo_expires_at'), ['expires_at'], unique=False)

    op.create_table('outbox',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('set_aside_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fault', sa.String(length=200), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox'))
    )
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outbox_due_at'), ['due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_outbox_set_aside_at'), ['set_aside_at'], unique=False)

    op.create_table('service',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('alternate_name', sa.String(), nullable=False),
    sa.Column('category', sa.String(), nullable=False),
    sa.Column('description', sa.String(), nullable=False),
    sa.Column('eligibility_description', sa.String(), nullable=False),
    sa.Column('minimum_age', sa.Integer(), nullable=True),
    sa.Column('maximum_age', sa.Integer(), nullable=True),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('schedules', sa.String(), nullable=False),
    sa.Column('opening_hours', sa.String(), nullable=False),
    sa.Column('fees_description', sa.String(), nullable=False),
    sa.Column('application_process', sa.String(), nullable=False),
    sa.Column('url', sa.String(), nullable=False),
    sa.Column('phones', sa.JSON(), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('district', sa.String(), nullable=False),
    sa.Column('latitude', sa.Double(), nullable=True),
    sa.Column('longitude', sa.Double(), nullable=True),
    sa.Column('source_url', sa.String(), nullable=False),
    sa.Column('assured_date', sa.String(), nullable=False),
    sa.Column('verified', sa.Boolean(), nullable=False),
    sa.CheckConstraint('minimum_age <= maximum_age', name=op.f('ck_service_ages')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service'))
    )
    with op.batch_alter_table('service', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_service_category'), ['category'], unique=False)

    op.create_table('thread',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('board', sa.String(length=40), nullable=True),
    sa.Column('child_age_months', sa.Integer(), nullable=True),
    sa.Column('district', sa.String(length=40), nullable=True),
    sa.Column('origin', sa.String(length=10), nullable=False),
    sa.Column('visibility', sa.String(length=10), nullable=False),
    sa.Column('sensitive', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('listed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_activity_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('solved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('first_answer_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reply_count', sa.Integer(), nullable=False),
    sa.Column('answer_count', sa.Integer(), nullable=False),
    sa.Column('me_too_count', sa.Integer(), nullable=False),
    sa.Column('last_number', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('once', sa.String(length=64), nullable=True),
    sa.Column('terms', sa.Text(), nullable=True),
    sa.CheckConstraint("origin IN ('parent', 'sample', 'city')", name=op.f('ck_thread_origin')),
    sa.CheckConstraint("visibility IN ('public', 'held', 'hidden', 'withdrawn')", name=op.f('ck_thread_visibility')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_thread')),
    sa.UniqueConstraint('once', name=op.f('uq_thread_once')),
    sa.UniqueConstraint('public_id', name=op.f('uq_thread_public_id'))
    )
    with op.batch_alter_table('thread', schema=None) as batch_op:
        batch_op.create_index('ix_thread_activity', ['last_activity_at'], unique=False)
        batch_op.create_index('ix_thread_board', ['visibility', 'board', 'listed_at', 'public_id'], unique=False)
        batch_op.create_index('ix_thread_newest', ['visibility', 'listed_at', 'public_id'], unique=False)
        batch_op.create_index('ix_thread_solved', ['visibility', 'listed_at', 'public_id'], unique=False, sqlite_where=sa.text('solved_at IS NOT NULL'), postgresql_where=sa.text('solved_at IS NOT NULL'))
        batch_op.create_index('ix_thread_unanswered', ['visibility', 'answer_count', 'listed_at', 'public_id'], unique=False)

    op.create_table('voice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('thread_id', sa.Integer(), nullable=False),
    sa.Column('author_tag', sa.String(length=64), nullable=False),
    sa.Column('handle', sa.String(length=40), nullable=False),
    sa.Column('asker', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['thread_id'], ['thread.id'], name=op.f('fk_voice_thread_id_thread'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_voice')),
    sa.UniqueConstraint('thread_id', 'author_tag', name=op.f('uq_voice_thread_id_author_tag')),
    sa.UniqueConstraint('thread_id', 'handle', name=op.f('uq_voice_thread_id_handle'))
    )
    with op.batch_alter_table('voice', schema=None) as batch_op:
        batch_op.create_index('ix_voice_author_tag', ['author_tag'], unique=False)

    op.create_table('post',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('thread_id', sa.Integer(), nullable=False),
    sa.Column('voice_id', sa.Integer(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('origin', sa.String(length=10), nullable=False),
    sa.Column('visibility', sa.String(length=10), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('helped_count', sa.Integer(), nullable=False),
    sa.Column('once', sa.String(length=64), nullable=True),
    sa.CheckConstraint("kind IN ('experience', 'advice', 'empathy', 'info')", name=op.f('ck_post_kind')),
    sa.CheckConstraint("origin IN ('parent', 'sample', 'city')", name=op.f('ck_post_origin')),
    sa.CheckConstraint("visibility IN ('public', 'held', 'hidden', 'withdrawn')", name=op.f('ck_post_visibility')),
    sa.ForeignKeyConstraint(['thread_id'], ['thread.id'], name=op.f('fk_post_thread_id_thread'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['voice_id'], ['voice.id'], name=op.f('fk_post_voice_id_voice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_post')),
    sa.UniqueConstraint('once', name=op.f('uq_post_once')),
    sa.UniqueConstraint('public_id', name=op.f('uq_post_public_id')),
    sa.UniqueConstraint('thread_id', 'number', name=op.f('uq_post_thread_id_number'))
    )
    with op.batch_alter_table('post', schema=None) as batch_op:
        batch_op.create_index('ix_post_voice_id', ['voice_id'], unique=False)

    op.create_table('reaction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('thread_id', sa.Integer(), nullable=False),
    sa.Column('post_id', sa.Integer(), nullable=True),
    sa.Column('mark', sa.String(length=64), nullable=False),
    sa.CheckConstraint("kind IN ('me_too', 'helped')", name=op.f('ck_reaction_kind')),
    sa.ForeignKeyConstraint(['post_id'], ['post.id'], name=op.f('fk_reaction_post_id_post'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['thread_id'], ['thread.id'], name=op.f('fk_reaction_thread_id_thread'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reaction')),
    sa.UniqueConstraint('mark', name=op.f('uq_reaction_mark'))
    )
    with op.batch_alter_table('reaction', schema=None) as batch_op:
        batch_op.create_index('ix_reaction_thread_id', ['thread_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('reaction', schema=None) as batch_op:
        batch_op.drop_index('ix_reaction_thread_id')

    op.drop_table('reaction')
    with op.batch_alter_table('post', schema=None) as batch_op:
        batch_op.drop_index('ix_post_voice_id')

    op.drop_table('post')
    with op.batch_alter_table('voice', schema=None) as batch_op:
        batch_op.drop_index('ix_voice_author_tag')

    op.drop_table('voice')
    with op.batch_alter_table('thread', schema=None) as batch_op:
        batch_op.drop_index('ix_thread_unanswered')
        batch_op.drop_index('ix_thread_solved', sqlite_where=sa.text('solved_at IS NOT NULL'), postgresql_where=sa.text('solved_at IS NOT NULL'))
        batch_op.drop_index('ix_thread_newest')
        batch_op.drop_index('ix_thread_board')
        batch_op.drop_index('ix_thread_activity')

    op.drop_table('thread')
    with op.batch_alter_table('service', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_service_category'))

    op.drop_table('service')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outbox_set_aside_at'))
        batch_op.drop_index(batch_op.f('ix_outbox_due_at'))

    op.drop_table('outbox')
    with op.batch_alter_table('memo', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_memo_expires_at'))

    op.drop_table('memo')
    op.drop_table('content_version')
