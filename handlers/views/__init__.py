"""Pure builders of Block Kit: frozen data in, blocks out."""
