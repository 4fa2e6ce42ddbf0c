"""Reports: `content` decides what is said; charts, PDF and tables decide only how it looks."""
