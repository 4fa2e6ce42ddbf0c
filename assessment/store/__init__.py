"""The only room that knows there is a database. Read in this order.

`traces` (what is kept and how it changes), `records` (what goes in and comes out), `schema`,
`database` (SQLite or PostgreSQL, opened), `migrate`, `errors`; then `deletion` with `erasure`, and
`backup_file` with `backup` and `restore`.
"""
