"""Reading files of others and of ours into the records."""
