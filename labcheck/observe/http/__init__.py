"""HTTP as a look needs it: strict, and bounded in size and in time. Everything in labcheck that speaks HTTP uses it."""
