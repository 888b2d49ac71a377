"""Studies: questions answered by a computation run by hand; the application only reads the published tables.

A study may use anything of ``qpverts``; nothing of ``qpverts`` but its command line may use a study.
"""
