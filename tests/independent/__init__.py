"""Recomputations from raw data that share no code with what they check."""
