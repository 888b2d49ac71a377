"""What QPVerts speaks about: districts, actions, themes, indicators. Pure."""
