"""*Scénarios*: what an addition would change."""
