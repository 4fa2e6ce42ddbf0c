"""What a report says of a workshop, and the paper form for one without phones."""
