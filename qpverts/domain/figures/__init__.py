"""What is measured of a district, and the indicators made of it."""
