"""What is advised in more than one place, as it is typed on this very system."""
