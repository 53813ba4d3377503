"""Buttons and menus: one file per thing that they do."""
