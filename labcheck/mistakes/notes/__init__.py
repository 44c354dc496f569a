"""Not mistakes: what is worth knowing once a step is done."""
