"""What stands around every page: router, projection, arrows."""
