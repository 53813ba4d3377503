"""The views of what families are written."""
