"""A board that is safe to write on

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('digest',
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('least', sa.Integer(), nullable=False),
    sa.Column('tables', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('month', name=op.f('pk_digest'))
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

    with op.batch_alter_table('post', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_post_origin'), type_='check')
        batch_op.create_check_constraint(op.f('ck_post_origin'), "origin IN ('parent', 'counter', 'officer', 'sample', 'city')")
        batch_op.add_column(sa.Column('level', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('rules', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('cards', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('keep_inside', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('thread', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_thread_origin'), type_='check')
        batch_op.create_check_constraint(op.f('ck_thread_origin'), "origin IN ('parent', 'counter', 'officer', 'sample', 'city')")
        batch_op.add_column(sa.Column('locked_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('level', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('rules', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('cards', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('keep_inside', sa.Boolean(), server_default=sa.false(), nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('thread', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_thread_origin'), type_='check')
        batch_op.create_check_constraint(op.f('ck_thread_origin'), "origin IN ('parent', 'sample', 'city')")
        batch_op.drop_column('keep_inside')
        batch_op.drop_column('cards')
        batch_op.drop_column('rules')
        batch_op.drop_column('level')
        batch_op.drop_column('locked_at')

    with op.batch_alter_table('post', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_post_origin'), type_='check')
        batch_op.create_check_constraint(op.f('ck_post_origin'), "origin IN ('parent', 'sample', 'city')")
        batch_op.drop_column('keep_inside')
        batch_op.drop_column('cards')
        batch_op.drop_column('rules')
        batch_op.drop_column('level')

    with op.batch_alter_table('voice_answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_voice_answer_thread_id'))

    op.drop_table('voice_answer')
    op.drop_table('digest')
