"""The views that all interventions share: card, history, rating, what works."""
