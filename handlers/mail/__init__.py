"""E-mails in words, and moments as they say them."""
