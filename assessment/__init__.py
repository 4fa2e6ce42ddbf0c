"""The coordination audit: `method` is the rule, `files` and `store` keep, `pages` and `cli` ask."""
