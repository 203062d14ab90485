"""The hatch

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('desk_public_key',
    sa.Column('id', sa.String(length=10), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('training', sa.Boolean(), nullable=False),
    sa.Column('fetched_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_desk_public_key'))
    )
    op.create_table('referral',
    sa.Column('delivery', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('box', sa.LargeBinary(), nullable=False),
    sa.Column('urgent', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('delivery', name=op.f('pk_referral'))
    )
    op.create_table('referral_day',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'kind', name=op.f('pk_referral_day'))
    )


def downgrade() -> None:
    op.drop_table('referral_day')
    op.drop_table('referral')
    op.drop_table('desk_public_key')
