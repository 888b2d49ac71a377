"""The files of a data folder, from bytes to checked rows."""
