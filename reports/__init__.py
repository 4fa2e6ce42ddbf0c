"""Reports: `content` decides what is said; the other rooms and files how it looks."""
