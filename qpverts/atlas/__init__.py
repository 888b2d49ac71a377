"""The trusted content of a data folder, read only: what every page draws from."""
