"""*Inspirations*: what others did elsewhere."""
