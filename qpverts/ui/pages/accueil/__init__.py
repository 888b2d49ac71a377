"""*Accueil*: the approach in one screen."""
