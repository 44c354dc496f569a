"""The course itself, running as the learner in the sandbox (or on the machine, with their own engine)."""
