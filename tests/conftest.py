"""What every suite shares: the real data, read once, and copies of them to spoil."""

import shutil
from pathlib import Path

import pytest

from qpverts.sources.atlas import load

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="session")
def data_dir():
    """The data folder of the repository, whatever the environment says."""
    return DATA


@pytest.fixture(scope="session")
def atlas(data_dir):
    """The real data, read, checked and measured once for all tests: not to be changed."""
    return load(data_dir)


@pytest.fixture
def data_copy(tmp_path, data_dir):
    """A copy of the data that a test may spoil."""
    return Path(shutil.copytree(data_dir, tmp_path / "data"))
