"""The public site: real pages, complete without a script, made once for each version of the data."""
