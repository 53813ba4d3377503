"""Modals: opening them, their fields' options, their submissions."""
