"""*Mon quartier*: the words of the public pages."""
