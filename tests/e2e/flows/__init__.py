"""The specification's flows: a teacher, a student and a parent, each in a browser of their own."""
