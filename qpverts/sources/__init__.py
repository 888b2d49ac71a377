"""All reading of files and of the network, and the checks on what is read."""
