"""The course's own engine, its mirror and its images. The only code that makes or removes things."""
