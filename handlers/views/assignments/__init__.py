"""The views of targeted assignments."""
