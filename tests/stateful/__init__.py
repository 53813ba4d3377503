"""Meetings driven at random against a small model, with failures of all sorts."""
