"""The queries behind the reports: each reads rows by their clustered key, none writes."""
