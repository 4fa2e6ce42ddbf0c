"""The terminal's door: `program` puts the commands together, each in a file of its own."""

from assessment.cli.program import main

__all__ = ["main"]
