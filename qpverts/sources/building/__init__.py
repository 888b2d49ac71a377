"""From fetched layers to the published tables."""
