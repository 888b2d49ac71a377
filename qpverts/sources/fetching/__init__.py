"""Bringing the official files in, from their addresses or from a folder, checked before they are kept."""
