"""Entry point of ``python -m qpverts``."""

from qpverts.cli import main

raise SystemExit(main())
