"""The report as PDF: the data and the design that typst sets, and the letters it has."""
