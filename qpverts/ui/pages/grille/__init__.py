"""*Grille*: districts by themes."""
