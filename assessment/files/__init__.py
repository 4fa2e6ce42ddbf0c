"""Files: text in, objects of the method or every problem with its place and mend out.

Read in this order: `problems`, `positions`, `documents` (with `positioned_yaml` and
`positioned_json`), `questionnaires` (with `plain_words` and `contradictions`), `cases`,
`case_writer`, `export`, `schema`.
"""
