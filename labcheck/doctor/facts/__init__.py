"""What the doctor looks at and what it concludes from it, beside each other: a file for each subject.

A fact is a function that looks, so it may ask engines, registries, programs and the disk; a rule is a pure function of
what was seen. Facts are looked at all at once, whichever file they are in.
"""
