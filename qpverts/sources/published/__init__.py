"""The tables that ``build`` writes and every start reads."""
