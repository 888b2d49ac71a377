"""What every suite shares: the real data, read once, and copies of them to spoil."""

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from qpverts.sources.load import load

# A busy machine is no fault of the code: time never fails a test.
settings.register_profile("qpverts", deadline=None)
settings.load_profile("qpverts")

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
OFFICIAL = ROOT.parent / "shared" / "data"


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
def atlas(data_dir):
    """The real data, read, checked and measured once for all tests: not to be changed."""
    return load(data_dir)


@pytest.fixture
def data_copy(tmp_path, data_dir):
    """A copy of the data that a test may spoil."""
    return Path(shutil.copytree(data_dir, tmp_path / "data"))
