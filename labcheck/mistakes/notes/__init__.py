"""No mistakes: what is worth knowing of a step that is done."""
