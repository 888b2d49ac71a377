"""Geometry: spatial joins and access to green spaces. Pure; metres, EPSG:2154."""
