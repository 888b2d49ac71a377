"""*Grille* without a browser: what is shown follows the address, and unknown is never zero."""

import csv
import re
import shutil

import pytest


def grid_html(screen):
    """Give the grid itself, with ordinary spaces."""
    pages = [element.proto.body.replace("\u00a0", " ") for element in screen.app.get("html")]
    return next((page for page in pages if "<tbody>" in page and "Quartier</th>" in page), "")


def listed(screen):
    """Give the codes of the districts, in their order."""
    return re.findall(r'<th scope="row"><a href="quartier\?q=(\w+)"', grid_html(screen))


def test_default_is_every_district_on_every_theme(screen, atlas):
    """66 rows, 7 columns and the overall one; unknown cells say so; the address is left alone."""
    screen.open("grille")
    assert screen.is_sound()
    html = grid_html(screen)
    assert len(listed(screen)) == len(atlas.qpvs) == 66
    for theme in atlas.vocabulary.themes:
        assert f'<th scope="col">{theme.label}</th>' in html
    unknown = sum(grade.level.score is None for grades in atlas.grades.values() for grade in grades.values())
    assert html.count("</span> non renseigné</b>") == unknown
    assert not re.search(r"\b0 action", html)
    assert dict(screen.app.query_params) == {}
    assert "mesure l'effort de recensement" in screen.text.replace("\\", "")
    assert "L'ordre changerait" in screen.text.replace("\\", "")


@pytest.mark.parametrize(
    ("params", "keeps"),
    [
        ({"commune": "13103"}, lambda atlas, code: code in atlas.index.codes_in("13103")),
        (
            {"theme": "habiter", "niveau": "installe"},
            lambda atlas, code: (atlas.grades[code]["habiter"].level.score or 0) >= 75,
        ),
        (
            {"niveau": "demonstrateur"},
            lambda atlas, code: any(g.level.score == 100 for g in atlas.grades[code].values()),
        ),
        (
            {"population": "grande", "commune": "13055"},
            lambda atlas, code: (
                code in atlas.index.codes_in("13055") and (atlas.facts[code].figures.population or 0) >= 5000
            ),
        ),
    ],
)
def test_filters_of_the_address(screen, atlas, params, keeps):
    """Only what was asked is listed."""
    screen.open("grille", **params)
    assert screen.is_sound()
    assert set(listed(screen)) == {code for code in atlas.qpvs if keeps(atlas, code)}
    assert 0 < len(listed(screen)) < 66


def test_sort_of_the_address(screen, atlas):
    """By population, the most populated first; by actions, the most recorded first."""
    screen.open("grille", tri="population")
    populations = [atlas.facts[code].figures.population or 0 for code in listed(screen)]
    assert populations == sorted(populations, reverse=True)
    screen.open("grille", tri="actions")
    counts = [len(atlas.facts[code].action_ids) for code in listed(screen)]
    assert counts == sorted(counts, reverse=True)


def test_by_field(screen, atlas):
    """The five fields in place of the themes."""
    screen.open("grille", par="champs", champ="vivre_sainement", q="QN01338I")
    assert screen.is_sound()
    assert grid_html(screen).count('scope="col"') == 2 + len(atlas.vocabulary.fields)
    text = screen.text.replace("\\", "")
    assert "Air Bel · Vivre sainement" in text
    assert "les champs inconnus" in text
    assert "thématiques inconnues" not in text
    assert "thématique" not in grid_html(screen)


def test_wrong_values_are_named_and_ignored(screen):
    """The grid is whole, and what means nothing is quoted."""
    screen.open("grille", commune="99999", niveau="zz", tri="yy", poids="9,9", theme="ww", q="xyzzyqq")
    assert screen.is_sound()
    assert len(listed(screen)) == 66
    (warning,) = screen.warnings
    assert all(word in warning for word in ("99999", "zz", "yy", "9,9", "ww", "xyzzyqq"))


def test_cell_leads_to_its_actions_and_reasons(screen, atlas):
    """The open cell tells its level, its counts, who surveyed, its actions, and the way to the sheet."""
    screen.open("grille", q="QN01338I", theme="habiter")
    assert screen.is_sound()
    text = screen.text.replace("\\", "")
    found = atlas.grades["QN01338I"]["habiter"]
    assert "Air Bel · Habiter" in text
    assert found.level.sentence in text
    assert f"{found.evidence.recorded} actions recensées" in text
    assert "Personne n'a encore fait de relevé" in text
    titles = " ".join(expander.label for expander in screen.app.expander).replace("\\", "")
    for action in atlas.actions_of("QN01338I"):
        assert (action.title.split(" ")[0] in titles) or "habiter" not in action.themes
    assert ("Fiche du quartier Air Bel", "quartier", "q=QN01338I") in screen.links
    screen.app.button("fermer").click().run()
    assert dict(screen.app.query_params) == {}


def test_opening_a_cell_leaves_the_table_as_it_is(screen):
    """The same HTML, which the browser then keeps with its scroll and its focus."""
    screen.open("grille", tri="actions")
    before = grid_html(screen)
    screen.open("grille", tri="actions", theme="habiter", q="QN01338I")
    assert grid_html(screen) == before != ""
    assert any('data-case="QN01338I:habiter"' in one.proto.body for one in screen.app.get("html")
               if "<style>.grille td" in one.proto.body)  # fmt: skip


def test_files_are_made_only_when_asked(screen, monkeypatch):
    """Drawing the page makes no workbook and no picture."""

    def refuse(_):
        raise AssertionError

    monkeypatch.setattr("qpverts.viz.files.grid_workbook.workbook", refuse)
    monkeypatch.setattr("qpverts.viz.files.grid_image.picture", refuse)
    screen.open("grille")
    assert screen.is_sound()
    assert [one.label for one in screen.app.get("download_button")] == [
        "Tableau (CSV)", "Classeur (XLSX)", "Image (PNG)",
    ]  # fmt: skip


def test_unknown_cell_says_that_nobody_knows(screen, atlas):
    """A cell without action nor survey claims nothing."""
    screen.open("grille", q="QN01301M", theme="consommer")
    assert screen.is_sound()
    text = screen.text.replace("\\", "")
    assert atlas.scale[0].sentence in text
    assert "Pour « émergent », il faudrait encore : 1 action recensée." in text


def test_weights_travel_in_the_address(screen):
    """A weight moved is written; back to equal it leaves."""
    screen.open("grille")
    screen.app.slider("poids_0_habiter").set_value(3).run()
    assert screen.app.query_params["poids"] in ("3,1,1,1,1,1,1", ["3,1,1,1,1,1,1"])
    assert screen.is_sound()
    screen.app.slider("poids_0_habiter").set_value(1).run()
    assert "poids" not in screen.app.query_params


def test_no_district_left_offers_the_way_out(screen):
    """An empty choice is no dead end, and claims nothing."""
    screen.open("grille", commune="13103", theme="consommer", niveau="demonstrateur")
    assert screen.is_sound()
    assert listed(screen) == []
    assert "Aucun quartier ne répond" in screen.text.replace("\\", "")
    next(button for button in screen.app.button if button.label == "Effacer les filtres").click().run()
    assert len(listed(screen)) == 66


def test_survey_is_told_and_hostile_texts_are_inert(screen, data_copy, monkeypatch):
    """A survey that found nothing is dated in its cell; a title that is a script is read as a title."""
    surveys = data_copy / "actions" / "releves.csv"
    surveys.write_text(
        surveys.read_text("utf-8") + 'QN01301M,consommer,2026-11-25,"<img src=x> Léa",,**note**\n', "utf-8"
    )
    path = data_copy / "actions" / "actions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["qpv_code"] == "QN01338I":
            row["titre"] = "<img src=x onerror=alert(1)> **gras**"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    monkeypatch.setenv("QPVERTS_DATA", str(data_copy))
    screen.open("grille", q="QN01301M", theme="consommer")
    assert screen.is_sound()
    html = grid_html(screen)
    assert "aucune action</b><small>(relevé du 25 novembre 2026)</small>" in html
    assert "<img" not in html
    assert "\\<img src\\=x\\> Léa" in screen.text
    assert "**note**" not in screen.text
    screen.open("grille", q="QN01338I", theme="habiter")
    assert screen.is_sound()
    assert not any("<img" in expander.label.replace("\\<", "") for expander in screen.app.expander)
    shutil.rmtree(data_copy)


def test_methode_shows_the_scale(screen, atlas):
    """Each level with its symbol, sentence, thresholds and score."""
    screen.open("methode")
    assert screen.is_sound()
    table = next(t.value for t in screen.app.table if "Score" in t.value.columns)
    assert len(table) == len(atlas.scale)
    assert list(table["Score"]) == ["–", "0", "25", "50", "75", "100"]
    assert [level.symbol in str(index) for level, index in zip(atlas.scale, table.index, strict=True)]
