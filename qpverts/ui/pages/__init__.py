"""One room a page; no page imports another."""
