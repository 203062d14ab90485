"""vault: the wing's own database, never registered on the forum's app."""
