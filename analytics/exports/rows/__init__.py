"""What each report writes into a CSV file: reports in, rows of named cells out."""
