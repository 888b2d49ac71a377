"""Map layers, paint orders, legends, and maps without a script."""
