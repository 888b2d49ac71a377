"""Reading the vector formats of the field, with the account of every feature."""
