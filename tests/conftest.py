"""What every suite shares: the rings, and the real data, read once, with copies of them to spoil.

A ring is how much is run: ``dev.py test`` says which by ``--ring``; ``usual`` is what pytest runs by itself.
"""

import shutil
from collections import Counter
from pathlib import Path

import geopandas as gpd
import pytest
from hypothesis import settings

from qpverts.sources import load as atlases
from tests import make_small_data

# A busy machine is no fault of the code: a slow example fails nothing. A test that declares its own number of
# examples keeps it in every ring.
for ring, examples in (("quick", 20), ("usual", 30), ("all", 100)):
    settings.register_profile(ring, deadline=None, max_examples=examples)

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
OFFICIAL = ROOT.parent / "shared" / "data"
E2E = Path(__file__).parent / "e2e"


def pytest_addoption(parser):
    """Let the command line choose a ring."""
    parser.addoption(
        "--ring",
        choices=("quick", "usual", "all"),
        default="usual",
        help="quick: few generated cases; usual: all but what is marked thorough; all: everything",
    )


def pytest_configure(config):
    """Give the generated tests the examples of the ring, unless a profile is asked for by name."""
    if not config.getoption("--hypothesis-profile"):
        settings.load_profile(config.getoption("--ring"))


_seen = Counter()


def _is_beyond_the_sample(item):
    """Tell whether as many cases of this test as its mark asks for came before this one."""
    mark = item.get_closest_marker("sampled")
    if mark is None:
        return False
    name = item.nodeid.partition("[")[0]
    _seen[name] += 1
    return _seen[name] > mark.args[0]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Leave out what belongs to the ring of all; keep files together, the heavy ones first, browsers last.

    Two workers then end nearly together, and what the fixtures of a file prepare is made once. Playwright
    keeps an event loop running in the main thread, where tests of other folders could not start theirs.
    """
    if config.getoption("--ring") != "all":
        left_out = [item for item in items if "thorough" in item.keywords or _is_beyond_the_sample(item)]
        config.hook.pytest_deselected(items=left_out)
        left_out_ids = set(map(id, left_out))
        items[:] = [item for item in items if id(item) not in left_out_ids]
    for item in items:
        if not any(item.iter_markers("xdist_group")):
            item.add_marker(pytest.mark.xdist_group(item.path.relative_to(ROOT / "tests").as_posix()))
    items.sort(key=lambda item: (E2E in item.path.parents, "heavy" not in item.keywords))


@pytest.fixture(scope="session")
def data_dir():
    """The data folder of the repository, whatever the environment says."""
    return DATA


@pytest.fixture(scope="session")
def official():
    """The folder of official files, which are too heavy and not ours to commit."""
    if not OFFICIAL.is_dir():
        pytest.skip(f"les fichiers officiels ne sont pas là ({OFFICIAL.name} absent à côté du projet)")
    return OFFICIAL


@pytest.fixture(scope="session")
def official_districts(official):
    """The 1,609 districts of France as they are published, in degrees: not to be changed."""
    return gpd.read_file(official / "QP2024_France_simplifie_WGS84.geojson")


@pytest.fixture(scope="session")
def atlas(data_dir):
    """The real data, read, checked and measured once for all tests and pages: not to be changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QPVERTS_DATA", str(data_dir))
        return atlases.current()


@pytest.fixture(scope="session")
def small_data(data_dir, tmp_path_factory):
    """Five districts of the real data, read in a fraction of the time: not to be changed."""
    return make_small_data.make(data_dir, tmp_path_factory.mktemp("small") / "data")


@pytest.fixture(scope="session")
def small_atlas(small_data):
    """The five districts, read, checked and measured once: not to be changed."""
    return atlases.load(small_data)


@pytest.fixture
def small_copy(tmp_path, small_data):
    """A copy of the five districts that a test may spoil."""
    return Path(shutil.copytree(small_data, tmp_path / "data"))


@pytest.fixture
def data_copy(tmp_path, data_dir):
    """A copy of the data that a test may spoil."""
    return Path(shutil.copytree(data_dir, tmp_path / "data"))
