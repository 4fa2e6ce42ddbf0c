"""The schema's history, one file a step in `versions`; see `assessment.store.migrate`.

A new step: a file in `versions` that names the one before it as `down_revision` and brings an older
database to what `schema` says. A test compares the two on both databases.
"""
