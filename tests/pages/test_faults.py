"""A page that fails by our own fault says so in French, and keeps the details for the log."""

from qpverts.ui.pages.accueil import welcome


def test_a_fault_of_ours_is_said_in_french(screen, monkeypatch, caplog):
    """The reader is told what to do; no trace and no English is shown; the log has what it was."""

    def broken(_):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(welcome, "whys", broken)
    screen.open("accueil")
    assert not screen.app.exception
    assert "n’a pas pu s’afficher entièrement" in screen.app.error[0].value
    assert "secret detail" not in screen.text
    assert "secret detail" in caplog.text
