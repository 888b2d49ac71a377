"""*Méthode*: definitions, sources and controls."""
