"""The first tables of the vault

Revision: 0001, the first
"""

import sqlalchemy as sa
from alembic import op


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('vault_outbox',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('set_aside_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fault', sa.String(length=200), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vault_outbox'))
    )
    with op.batch_alter_table('vault_outbox', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_vault_outbox_due_at'), ['due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_vault_outbox_set_aside_at'), ['set_aside_at'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('vault_outbox', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_vault_outbox_set_aside_at'))
        batch_op.drop_index(batch_op.f('ix_vault_outbox_due_at'))

    op.drop_table('vault_outbox')
