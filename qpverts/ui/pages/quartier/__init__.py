"""*Quartier*: the sheet of one district."""
