"""How far a district is engaged, theme by theme, and what is missing."""
