"""Actions and inspirations: their kinds, their carriers, and choosing among them."""
