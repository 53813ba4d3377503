"""The views of reports, skills, trends and comparisons."""
