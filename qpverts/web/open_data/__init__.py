"""Open data: what the application knows, as files that anybody may take, with their schema and licence."""
