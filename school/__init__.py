"""What is known: records, who may see them, imports and the demo school."""
