"""The result page, and the page with what is still to find out."""
