"""The views of peer tutoring."""
