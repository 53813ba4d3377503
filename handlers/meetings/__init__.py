"""Meetings: what was typed of one, its form filled in, and what its prep card needs."""
