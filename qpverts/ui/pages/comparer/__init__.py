"""*Comparer*: two to four territories side by side."""
