"""Reports to take along: frozen dataclasses in, PDF or CSV out. No Slack, no queries.

Whoever orders a file without making it imports `analytics.exports.files`; the rest loads Typst and
matplotlib.
"""
