"""HTTP for looks: strict, and bounded in size and time. Everything in labcheck that speaks HTTP uses it."""
