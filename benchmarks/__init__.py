"""What QPVerts costs, beside other ways of doing the same: run one with ``python -m benchmarks.NAME``."""

import sys
from importlib.util import find_spec

#: What a measure needs besides the application: requirements-dev.txt.
_TOOLS = ("playwright", "psutil", "websockets")

if _MISSING := [name for name in _TOOLS if find_spec(name) is None]:
    sys.exit(
        f"Il manque de quoi mesurer ({', '.join(_MISSING)}). Lancez « python3 dev.py test --quick », "
        "qui l'installe dans .venv, puis cette mesure avec « .venv/bin/python -m benchmarks.… »."
    )
