"""What is said of inspirations, ideas, priorities and scenarios."""
