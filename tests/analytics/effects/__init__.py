"""Effects of interventions: estimator, rows, words, and the way from the database."""
