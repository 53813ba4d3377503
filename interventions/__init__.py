"""One module per thing that a teacher can do for a student."""
