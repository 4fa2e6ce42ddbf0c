"""The start page: a new trace, the traces that were begun, and worked examples."""
