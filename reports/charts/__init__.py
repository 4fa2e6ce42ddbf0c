"""Drawings of a result: what they show, where it stands, and how it looks."""
