"""The web pages: one file a page (`start`, `trace`, `result`); each reads, calls and shows.

Beside them stand what they share: `address` (which trace, which part), `current` (the trace, out of
the database), `saving` (answers into it), `journey` (what to ask next, part by part), `trouble`
(what is said when something fails), `markup` and `safe_text` (texts that show as they were typed).
"""
