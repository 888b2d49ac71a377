"""Whether what was done elsewhere can be done here."""
