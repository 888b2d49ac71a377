"""``claims`` at the terminal."""

from qpverts import cli


def test_without_layers_it_stops_and_says_which(data_dir, tmp_path, capsys):
    """The exit code is 1, the sentence names both layers and the command that brings them."""
    code = cli.main(["--data", str(data_dir), "--var", str(tmp_path / "var"), "claims"])
    told = capsys.readouterr().out
    assert code == 1
    assert "la couche de végétation et celle des rues" in told
    assert "sync --from" in told
