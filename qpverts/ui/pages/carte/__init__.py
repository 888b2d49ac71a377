"""*Carte*: every district on one map."""
