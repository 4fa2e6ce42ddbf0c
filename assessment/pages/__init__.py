"""The web pages, a room for each: `start`, `trace`, `result`, `workshop`.

A page reads, calls and shows. Beside the rooms stands what they share: `address` (which trace, part
and question), `current` (the trace, out of the database, and who asks for it), `saving` (answers
into it), `shelf` (traces and what was taken on), `trouble` (what is said when something fails),
`markup` and `safe_text` (texts that show as they were typed).
"""
