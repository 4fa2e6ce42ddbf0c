"""The method: a questionnaire and a trace in, one explained result out.

Pure: no files, no clock, no database, no framework. Read in this order:
`questionnaire`, `answers`, `engine`, `gaps`, `inquiry`.
"""
