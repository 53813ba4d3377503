"""Reports: what a student or a class did in a range of days, as frozen dataclasses."""
