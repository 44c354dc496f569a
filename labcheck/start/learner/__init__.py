"""As the learner, in the sandbox (or, with an engine of their own, on the machine): the course itself."""
