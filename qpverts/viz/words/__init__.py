"""Everything said in French: one subject a module."""
