"""The wing's database handle. The forum has its own and cannot see this one."""

from forum import storage

vault_db = storage.new_handle()
