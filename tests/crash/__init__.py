"""Processes killed at the worst moments, judged by what a Slack of their own has accepted."""
