"""The views of meetings."""
