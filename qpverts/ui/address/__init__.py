"""What an address may say, and the pages it leads to."""
