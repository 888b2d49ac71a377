"""Where to begin, and what one addition would change."""
