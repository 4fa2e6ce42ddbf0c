"""The fonts that every printed report carries, with their licenses."""
