"""*Agir*: where to begin, and a selection to keep."""
