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

