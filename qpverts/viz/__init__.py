"""Builders of maps and texts for the screen, without input or output of their own."""
