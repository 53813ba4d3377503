"""Writing to students: what stands in the forms of a message, gathered and read back."""
