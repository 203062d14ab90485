"""referrals: the hatch from the forum to those who protect children.

One way: nothing comes back but "accepted".

Seals in the request that holds the text; keeps only the box until the letterbox accepts it, then the day
alone. Never keeps a text, a thread, a tag or the name under which the other side files it.
service: available, seal_referral, refer. courier: fetch_key, deliver_now, deliver_all (by the worker).
"""
