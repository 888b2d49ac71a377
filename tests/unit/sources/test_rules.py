"""The rules: each has contents that break it, and names the file, the line and the column at fault."""

from dataclasses import replace

import pytest
import shapely

from qpverts.domain.claims import EdgeRow, EdgeTest, Green, Reading, Reference
from qpverts.domain.grading.levels import Survey
from qpverts.domain.model import Commune, Precision
from qpverts.geo.crs import WGS84
from qpverts.sources import rules
from qpverts.sources.rules import RULES
from tests.builders import AIR_BEL

pytestmark = pytest.mark.heavy

ACTIONS, INSPIRATIONS = "actions/actions.csv", "actions/inspirations.csv"
SPACES, INSEE = "geo/espaces_verts.csv", "geo/insee_qpv.csv"
MATCHED = "geo/correspondance_2015_2024.csv"
NATURE, CELLS, WAYS = "geo/indicateurs_nature.csv", "geo/maille_vegetation.csv", "geo/trajets_osm.geojson"
QPV, COMMUNES, THEMES = "geo/qpv_2024.geojson", "geo/communes.geojson", "actions/themes.toml"
EDGES, TESTS = "geo/bordure.csv", "geo/bordure_ensemble.csv"
SCALE, SURVEYS = "actions/niveaux.toml", "actions/releves.csv"
TRANSFER = "actions/transfert.toml"


def row(name, rank=0, **changes):
    """A change of one row of the table ``name``, to values or to functions of the row."""

    def change(content):
        table = getattr(content, name)
        old = table.rows[rank]
        new = {key: value(old) if callable(value) else value for key, value in changes.items()}
        rows = (*table.rows[:rank], replace(old, **new), *table.rows[rank + 1 :])
        return replace(content, **{name: replace(table, rows=rows)})

    return change


def measure(indicator, **changes):
    """A change of the first row of a measure that has a figure, to values or to functions of the row."""

    def change(content):
        ranks = (
            rank
            for rank, old in enumerate(content.nature.rows)
            if old.indicator == indicator and old.value is not None
        )
        return row("nature", next(ranks), **changes)(content)

    return change


def again(name):
    """A change that puts the first row of a table there a second time, after the others."""

    def change(content):
        old = getattr(content, name)
        twice = replace(old, rows=(*old.rows, old.rows[0]), lines=(*old.lines, len(old.rows) + 2))
        return replace(content, **{name: twice})

    return change


def citing(**changes):
    """A function of a row that gives its source, changed."""
    return lambda old: replace(old.source, **changes)


def shape(layer, rank, geometry):
    """A change of the shape of rank ``rank`` of a layer."""

    def change(content):
        spoilt = getattr(content, layer).copy()
        shapes = list(spoilt.geometry)
        shapes[rank] = geometry
        return replace(content, **{layer: spoilt.set_geometry(shapes, crs=spoilt.crs)})

    return change


def district(rank=0, **changes):
    """A change of the district of rank ``rank``."""

    def change(content):
        qpvs = list(content.qpvs)
        qpvs[rank] = replace(qpvs[rank], **changes)
        return replace(content, qpvs=tuple(qpvs))

    return change


def twice(content):
    """The first district there twice, in the list and in the layer."""
    layer = content.perimeters
    ranks = [0, *range(len(layer))]
    return replace(content, qpvs=(content.qpvs[0], *content.qpvs), perimeters=layer.iloc[ranks])


def short(table):
    """A change that drops the first row of a table."""

    def change(content):
        old = getattr(content, table)
        return replace(content, **{table: replace(old, rows=old.rows[1:], lines=old.lines[1:])})

    return change


def fewer(**parts):
    """A change that drops the first of a list of words."""

    def change(content):
        for holder, name in parts.items():
            old = getattr(content, holder)
            content = replace(content, **{holder: replace(old, **{name: getattr(old, name)[1:]})})
        return content

    return change


def compared(content):
    """The content with two made districts beside 199 random places each, and their two tests."""
    row = EdgeRow(
        AIR_BEL, Green.VEGETATION, Reference.COMMUNE, 30.0, 20.0, 40.0, 0.0, 10.0, 20.0, 50.0, 80.0, 62.5,
        places=199, tries=200,
    )  # fmt: skip
    rows = (row, replace(row, code_qp="QN01301M"))
    test = EdgeTest(
        Green.VEGETATION, Reference.COMMUNE, Reading.LOW, 2, 199, 30.0, 25.0, 10.0, 60.0, 60, 140, 100.0, 50.0
    )
    tests = (test, replace(test, reading=Reading.HIGH))
    return replace(
        content,
        edges=replace(content.edges, file=EDGES, rows=rows, lines=(2, 3)),
        edge_tests=replace(content.edge_tests, file=TESTS, rows=tests, lines=(2, 3)),
    )


def edge(rank, **changes):
    """A change of a district beside its random places, of two made ones."""
    return lambda content: row("edges", rank, **changes)(compared(content))


def edge_test(rank, **changes):
    """A change of a test of two made districts."""
    return lambda content: row("edge_tests", rank, **changes)(compared(content))


def level(rank, **changes):
    """A change of the level of rank ``rank`` of the scale."""

    def change(content):
        scale = list(content.scale)
        scale[rank] = replace(scale[rank], **changes)
        return replace(content, scale=tuple(scale))

    return change


def fewer_levels(content):
    """The scale without its first level."""
    return replace(content, scale=content.scale[1:])


def surveyed(**changes):
    """A change that puts one survey in an empty table, sound but for the changes."""
    sound = Survey("QN01338I", "habiter", "2026-11-25", "Une personne", "", "")

    def change(content):
        table = replace(content.surveys, rows=(replace(sound, **changes),), lines=(2,))
        return replace(content, surveys=table)

    return change


def action(condition):
    """Rank of the first action that meets a condition, found when the test runs."""
    return lambda content: next(rank for rank, a in enumerate(content.actions.rows) if condition(a))


def last(content, file):
    """The line of a row put after the others of a file."""
    return {NATURE: content.nature, CELLS: content.cells}[file].lines[-1] + 1


def first(indicator):
    """A function that gives the line of the first row of a measure that has a figure."""
    return lambda content, _: next(
        line
        for line, old in content.nature.numbered()
        if old.indicator == indicator and old.value is not None
    )


MEASURED = (
    "vegetation_m2", "vegetation_300m_m2", "bordure_verte_m", "marche_05ha_m", "ligne_droite_05ha_m",
    "part_vegetalisee",
)  # fmt: skip
LAST, FIRST = last, {name: first(name) for name in MEASURED}
BOWTIE = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
EXACT = action(lambda a: a.is_exact and a.qpv_codes)
ELSEWHERE = action(lambda a: a.is_exact and not a.qpv_codes)
VAGUE = action(lambda a: a.precision is Precision.COMMUNE)

# Of each rule: what breaks it; the file, line (None: the whole file; or looked up) and column of the
# fault; what it says.
BROKEN = {
    "perimeters_are_valid": [
        (shape("perimeters", 3, BOWTIE), QPV, None, None, "Self-intersection"),
        (shape("perimeters", 0, shapely.Polygon()), QPV, None, None, "n'a pas de polygone"),
        (shape("perimeters", 0, None), QPV, None, None, "« QN01301M » n'a pas de polygone"),
        (shape("perimeters", 0, shapely.Point(0, 0)), QPV, None, None, "n'a pas de polygone"),
        (shape("outlines", 0, BOWTIE), COMMUNES, None, None, "Self-intersection"),
    ],
    "codes_are_official": [
        (district(code="QP013038"), QPV, None, None, "« QP013038 » n'est pas un code"),
        (district(code="QN01301X"), QPV, None, None, "« QN01301X » n'est pas un code"),
        (district(code="QN01301MM"), QPV, None, None, "n'est pas un code"),
        (twice, QPV, None, None, "« QN01301M » figure 2 fois"),
    ],
    "districts_are_in_their_commune": [
        (
            district(communes=(Commune("13103", "Salon-de-Provence"),)),
            QPV,
            None,
            None,
            "« QN01301M » est loin de Salon-de-Provence",
        ),
    ],
    "figures_match_districts": [
        (row("figures", 0, code_qp="QN09999I"), INSEE, 2, "code_qp", "« QN09999I » n'existe pas"),
        (row("figures", 4, poverty_pct=100.5), INSEE, 6, "taux_pauvrete_60_pct", "100.5"),
        (row("figures", 4, employment_pct=-1.0), INSEE, 6, "taux_emploi_pct", "-1.0"),
        (row("figures", 5, population=-1), INSEE, 7, "population_2020", "-1 est négatif"),
        (row("figures", 5, households=-2), INSEE, 7, "menages", "-2 est négatif"),
        (row("figures", 5, social_dwellings=-3), INSEE, 7, "logements_sociaux", "-3 est négatif"),
        (short("figures"), INSEE, None, None, "« QN01301M » n'a pas de ligne"),
    ],
    "keys_are_unique": [
        (row("spaces", 1, id="aix-carrieres-bibemus"), SPACES, 3, "id", "figure déjà ligne 2"),
        (row("actions", 0, id="Air Bel"), ACTIONS, 2, "id", "identifiant mal formé « Air Bel »"),
        (row("actions", 0, id="a--b"), ACTIONS, 2, "id", "mal formé"),
        (row("inspirations", 2, id="<img>"), INSPIRATIONS, 4, "id", "mal formé"),
        (row("inspirations", 2, id=""), INSPIRATIONS, 4, "id", "mal formé"),
        (row("figures", 2, code_qp="QN01301M"), INSEE, 4, "code_qp", "figure déjà ligne 2"),
    ],
    "the_vocabulary_is_whole": [
        (fewer(vocabulary="themes"), THEMES, None, None, "6 thématiques au lieu de 7"),
        (fewer(vocabulary="fields"), THEMES, None, None, "4 champs au lieu de 5"),
        (fewer(vocabulary="axes"), THEMES, None, None, "1 axes au lieu de 2"),
        (fewer(approach="whys"), THEMES, None, None, "4 pourquoi au lieu de 5"),
    ],
    "words_belong_to_the_vocabulary": [
        (row("actions", 0, themes=()), ACTIONS, 2, "themes", "aucune thématique"),
        (row("actions", 9, themes=("rêver",)), ACTIONS, 11, "themes", "« rêver »"),
        (row("actions", 9, fields=("rêver",)), ACTIONS, 11, "champs", "« rêver »"),
        (row("actions", 9, axis=""), ACTIONS, 11, "axe", "axe inconnu"),
        (row("inspirations", 1, themes=("x",)), INSPIRATIONS, 3, "themes", "« x »"),
    ],
    "actions_name_known_places": [
        (row("actions", 0, qpv_codes=("QN01338M",)), ACTIONS, 2, "qpv_code", "« QN01338M »"),
        (row("actions", 0, qpv_codes=(AIR_BEL, "x")), ACTIONS, 2, "qpv_code", "« x »"),
        (row("actions", 0, commune_code="75056"), ACTIONS, 2, "commune_insee", "« 75056 »"),
        (row("actions", 0, commune_code="13211"), ACTIONS, 2, "commune_insee", "écrivez 13055"),
    ],
    "points_stand_where_they_claim": [
        (row("actions", 0, lat=None), ACTIONS, 2, "lon", "vont ensemble"),
        (row("actions", 0, lon=None, lat=None), ACTIONS, 2, "precision", "sans point"),
        (row("actions", 0, lon=999.0), ACTIONS, 2, "lon", "(999.0, 43.29068)"),
        (row("spaces", 4, lat=-90.0), SPACES, 6, "lon", "n'est pas un lieu en degrés"),
        (row("actions", 0, lon=43.29, lat=5.43), ACTIONS, 2, "lon", "m de son quartier"),
        # 0.01° of latitude is 1.1 km: too far for a district, not for a place that serves it
        (row("actions", 0, lat=43.31), ACTIONS, 2, "lon", "(au plus 200 m)"),
        (row("actions", 0, precision=Precision.PLACE, lat=43.34), ACTIONS, 2, "lon", "(au plus 2500 m)"),
        (row("actions", 0, qpv_codes=()), ACTIONS, 2, "precision", "sans quartier"),
        (row("actions", 0, precision=Precision.COMMUNE), ACTIONS, 2, "lon", "seulement"),
        (
            row("actions", 0, precision=Precision.PLACE, qpv_codes=(), lat=43.6),
            ACTIONS,
            2,
            "lon",
            "n'est pas dans la commune 13055",
        ),
        (row("spaces", 4, lon=None), SPACES, 6, "lon", "vont ensemble"),
        (row("spaces", 4, lat=43.2), SPACES, 6, "lon", "n'est pas dans la commune 13001"),
        (row("inspirations", 0, lon=999.0), INSPIRATIONS, 2, "lon", "en degrés"),
        (row("inspirations", 0, lat=-90.5), INSPIRATIONS, 2, "lon", "en degrés"),
    ],
    "values_are_possible": [
        (row("actions", 0, title=""), ACTIONS, 2, "titre", "titre ou résumé vide"),
        (row("inspirations", 0, summary=""), INSPIRATIONS, 2, "titre", "titre ou résumé vide"),
        (row("actions", 0, start_year=21), ACTIONS, 2, "annee_debut", "année impossible : 21"),
        (row("actions", 0, end_year=20210), ACTIONS, 2, "annee_fin", "année impossible : 20210"),
        (row("inspirations", 0, start_year=1799), INSPIRATIONS, 2, "annee_debut", "1799"),
        (
            row("actions", 0, start_year=2021, end_year=2020),
            ACTIONS,
            2,
            "annee_fin",
            "fin 2020 avant le début 2021",
        ),
        (row("actions", 0, area_m2=0.0), ACTIONS, 2, "surface_m2", "devrait être positif"),
        (row("actions", 0, budget_eur=-5.0), ACTIONS, 2, "budget_eur", "devrait être positif"),
        (row("spaces", 4, area_ha=0.0), SPACES, 6, "surface_ha", "devrait être positif"),
    ],
    "sources_are_given": [
        (row("actions", 0, source=citing(title="")), ACTIONS, 2, "source_titre", "sans titre"),
        (row("spaces", 0, source=citing(url="")), SPACES, 2, "source_url", "adresse refusée"),
        (
            row("inspirations", 0, source=citing(url="javascript:alert(1)")),
            INSPIRATIONS,
            2,
            "source_url",
            "adresse refusée « javascript:alert(1) »",
        ),
        (
            row("actions", 0, source=citing(url='https://a.fr/"><img src=x>')),
            ACTIONS,
            2,
            "source_url",
            "adresse refusée",
        ),
    ],
    "vintages_are_matched": [
        (row("overlaps", 0, code_2015="QN01301M"), MATCHED, 2, "code_2015", "pas un code de 2015"),
        (row("overlaps", 0, code_2024="QN01399M"), MATCHED, 2, "code_2024", "« QN01399M » n'existe pas"),
        (
            row("overlaps", 1, code_2015="QP013001", code_2024="QN01301M"),
            MATCHED,
            3,
            "code_2024",
            "figure déjà ligne 2",
        ),
        (row("overlaps", 0, share_2015_pct=-1.0), MATCHED, 2, "part_2015_pct", "-1.0 n'est pas une part"),
        (row("overlaps", 0, share_2024_pct=100.5), MATCHED, 2, "part_2024_pct", "100.5 n'est pas une part"),
        # QN01330M, QN01331M and QN01332M were one district: lines 25 to 27
        (row("overlaps", 24, share_2015_pct=50.0), MATCHED, 27, "part_2015_pct", "plus que le tout"),
        (row("overlaps", 2, code_2024="QN01301M"), MATCHED, None, None, "« QN01303I », identique"),
    ],
    "measured_nature_is_possible": [
        (row("nature", 0, code_qp="QN09999I"), NATURE, 2, "code_qp", "« QN09999I » n'existe pas"),
        (row("nature", 0, code_qp="x" * 9_000), NATURE, 2, "code_qp", "x » n'existe pas"),
        (row("nature", 3, indicator="<img>"), NATURE, 5, "indicateur", "indicateur inconnu « <img> »"),
        (
            row("nature", 0, unit="<b>%</b>"),
            NATURE,
            2,
            "unite",
            "unité « <b>%</b> » au lieu de « % du contour »",
        ),
        (again("nature"), NATURE, LAST, "indicateur", "figure déjà ligne 2"),
        (measure("vegetation_m2", low=None), NATURE, FIRST["vegetation_m2"], "valeur", "vont ensemble"),
        (measure("vegetation_m2", value=None), NATURE, FIRST["vegetation_m2"], "valeur", "vont ensemble"),
        (
            measure("vegetation_m2", value=lambda old: old.high + 1),
            NATURE,
            FIRST["vegetation_m2"],
            "valeur",
            "dans l'ordre",
        ),
        (
            measure("vegetation_m2", value=lambda old: old.low - 1),
            NATURE,
            FIRST["vegetation_m2"],
            "valeur",
            "dans l'ordre",
        ),
        (
            measure("vegetation_m2", low=-1.0),
            NATURE,
            FIRST["vegetation_m2"],
            "valeur",
            "ne sont pas positifs",
        ),
        (measure("part_vegetalisee", high=100.5), NATURE, FIRST["part_vegetalisee"], "valeur", "0 à 100 %"),
        (
            measure("vegetation_m2", coverage_pct=100.5),
            NATURE,
            FIRST["vegetation_m2"],
            "couverture_pct",
            "une part sort de 0 à 100 %",
        ),
        (
            measure("vegetation_m2", coverage_pct=-0.1),
            NATURE,
            FIRST["vegetation_m2"],
            "couverture_pct",
            "0 à 100 %",
        ),
        *(
            (
                measure(name, high=1e300),
                NATURE,
                FIRST[name],
                "valeur",
                f"1e+300 {unit} : plus que le quartier",
            )
            for name, unit in (
                ("vegetation_m2", "m²"),
                ("vegetation_300m_m2", "m²"),
                ("bordure_verte_m", "m"),
                ("marche_05ha_m", "m"),
                ("ligne_droite_05ha_m", "m"),
            )
        ),
    ],
    "measured_cells_are_possible": [
        (again("cells"), CELLS, LAST, "maille", "figure déjà ligne 2"),
        (row("cells", 1, id="CRS3035RES200mN1E1"), CELLS, 3, "maille", "n'est pas un carreau de 200 m"),
        (row("cells", 1, id="<script>" * 500), CELLS, 3, "maille", "n'est pas un carreau de 200 m"),
        (row("cells", 1, low_m2=-1.0), CELLS, 3, "vegetation_m2", "ne sont pas dans l'ordre"),
        (row("cells", 1, low_m2=lambda old: old.value_m2 + 2), CELLS, 3, "vegetation_m2", "dans l'ordre"),
        (row("cells", 1, high_m2=lambda old: old.value_m2 - 2), CELLS, 3, "vegetation_m2", "dans l'ordre"),
        (row("cells", 1, known_m2=lambda old: old.high_m2 - 2), CELLS, 3, "vegetation_m2", "dans l'ordre"),
        (row("cells", 1, known_m2=40_002.0), CELLS, 3, "vegetation_m2", "dans l'ordre"),
        (row("cells", 1, known_m2=1e300), CELLS, 3, "vegetation_m2", "dans l'ordre"),
    ],
    "ways_lead_to_known_spaces": [
        (row("ways", 0, code_qp="QN09999I"), WAYS, None, None, "entité nº 1 : « QN09999I » n'existe pas"),
        (row("ways", 1, code_qp="x" * 9_000), WAYS, None, None, "entité nº 2 : « xxx"),
        (again("ways"), WAYS, None, None, "a déjà un trajet"),
        (row("ways", 0, space_id="nulle-part"), WAYS, None, None, "espace vert inconnu « nulle-part »"),
        (row("ways", 0, straight_m=-1.0), WAYS, None, None, "plus courte que la ligne droite"),
        (row("ways", 0, street_m=lambda old: old.straight_m - 1), WAYS, None, None, "plus courte"),
    ],
    "edges_are_possible": [
        (edge(0, code_qp="QN09999I"), EDGES, 2, "code_qp", "« QN09999I » n'existe pas"),
        (edge(1, code_qp="x" * 9_000), EDGES, 3, "code_qp", "x » n'existe pas"),
        (edge(1, code_qp=AIR_BEL), EDGES, 3, "code_qp", "figure déjà ligne 2"),
        (edge(0, low=60.0), EDGES, 2, "valeur_pct", "ne sont pas des parts dans l'ordre"),
        (edge(0, high=100.5), EDGES, 2, "valeur_pct", "ne sont pas des parts dans l'ordre"),
        (edge(0, low=None), EDGES, 2, "valeur_pct", "ne sont pas des parts dans l'ordre"),
        (edge(0, p25=90.0), EDGES, 2, "hasard_50_pct", "ne sont pas des parts dans l'ordre"),
        (edge(0, p05=-1.0), EDGES, 2, "hasard_50_pct", "ne sont pas des parts dans l'ordre"),
        (edge(0, places=201), EDGES, 2, "lieux", "201 lieux pour 200 tirages"),
        (edge(0, places=0), EDGES, 2, "lieux", "vont ensemble"),
        (edge(0, rank_pct=None), EDGES, 2, "lieux", "vont ensemble"),
        (edge(0, value=None, low=None, high=None), EDGES, 2, "lieux", "rien pour le quartier"),
        (edge(0, rank_pct=101.0), EDGES, 2, "lieux", "le rang sort de 0 à 100 %"),
    ],
    "edge_tests_are_possible": [
        (edge_test(0, reading=Reading.HIGH), TESTS, 3, "lecture", "figure déjà ligne 2"),
        (edge_test(0, districts=3), TESTS, 2, "quartiers", "3 quartiers, mais 2 ont des lieux"),
        (edge_test(0, draws=198), TESTS, 2, "tirages", "autant de lieux que de tirages"),
        (edge_test(0, at_least=10), TESTS, 2, "au_moins", "ne font pas le compte"),
        (edge_test(0, at_least=-1), TESTS, 2, "au_moins", "ne font pas le compte"),
        (edge_test(0, mean=-1.0), TESTS, 2, "moyenne_pct", "ne sont pas des parts dans l'ordre"),
        (edge_test(0, random_low=99.0), TESTS, 2, "moyenne_pct", "ne sont pas des parts dans l'ordre"),
        (edge_test(0, real_25_pct=101.0), TESTS, 2, "moyenne_pct", "ne sont pas des parts dans l'ordre"),
    ],
    "the_scale_climbs": [
        (fewer_levels, SCALE, None, None, "les deux premiers doivent être"),
        (level(0, score=0), SCALE, None, None, "« non_renseigne », sans score"),
        (level(1, score=10), SCALE, None, None, "les scores doivent aller de 0 à 100"),
        (level(5, score=90), SCALE, None, None, "les scores doivent aller de 0 à 100"),
        (level(3, score=25), SCALE, None, None, "« engagé » doit demander plus que « émergent »"),
        (level(4, active=0), SCALE, None, None, "« installé » doit demander plus que « engagé »"),
        (level(2, recorded=2, active=0), SCALE, None, None, "doit demander une action recensée"),
        (level(4, id="engage"), SCALE, None, None, "deux niveaux ont le même identifiant"),
    ],
    "surveys_name_known_cells": [
        (surveyed(code_qp="QN09999I"), SURVEYS, 2, "code_qp", "« QN09999I » n'existe pas"),
        (surveyed(code_qp="x" * 9_000), SURVEYS, 2, "code_qp", "x » n'existe pas"),
        (surveyed(theme="rêver"), SURVEYS, 2, "thematique", "thématique inconnue « rêver »"),
        (surveyed(date="25/11/2026"), SURVEYS, 2, "date", "« 25/11/2026 » n'est pas une date"),
        (surveyed(date=""), SURVEYS, 2, "date", "n'est pas une date"),
        (surveyed(who=""), SURVEYS, 2, "par", "personne n'est nommé"),
    ],
    "the_transfer_method_is_whole": [
        (fewer(transfer="criteria"), TRANSFER, None, None, "les critères doivent être foncier"),
        (fewer(transfer="readings"), TRANSFER, None, None, "critère « foncier » : la lecture"),
        (fewer(transfer="scales"), TRANSFER, None, None, "l'échelle « immeuble » des inspirations"),
        (fewer(vocabulary="themes"), TRANSFER, None, None, "la thématique « habiter » n'existe pas"),
    ],
}
CASES = [
    pytest.param(name, case, id=f"{name}-{case[-1]}") for name, cases in BROKEN.items() for case in cases
]


@pytest.mark.parametrize(("name", "case"), CASES)
def test_broken_rule(content, name, case):
    """A content that breaks the rule is faulted at the right place, in so many words."""
    change, file, line, column, said = case
    faults = list(getattr(rules, name)(change(content)))
    found = [fault for fault in faults if said in fault.message]
    if callable(line):
        line = line(content, file)
    assert [(fault.file, fault.line, fault.column) for fault in found] == [(file, line, column)], faults


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_tried(rule, content):
    """Each rule has a content here that breaks it, a title of its own, and is kept by the real content."""
    assert rule.name in BROKEN
    assert " : " in rule.title
    assert list(rule(content)) == []


#: The first way to break each rule is tried on all the others each time, the other ways where there is time.
ON_ALL_RULES = [
    pytest.param(name, case, id=f"{name}-{case[-1]}", marks=() if case is cases[0] else pytest.mark.thorough)
    for name, cases in BROKEN.items()
    for case in cases
]


@pytest.mark.parametrize(("name", "case"), ON_ALL_RULES)
def test_no_rule_stumbles(content, name, case):
    """A content that breaks one rule lets all the others run to their end."""
    spoilt = case[0](content)
    broken = {rule.name for rule in RULES if list(rule(spoilt))}
    assert name in broken


@pytest.mark.parametrize(
    ("find", "changes", "said"),
    [
        (EXACT, {"lat": 43.9, "lon": 5.0}, "m de son quartier"),
        (ELSEWHERE, {"lat": 44.5, "lon": 5.0}, "n'est pas dans la commune"),
        (VAGUE, {"lat": 43.29068, "lon": 5.43168}, "connue à la commune seulement"),
    ],
    ids=["in a district", "in a commune", "commune only"],
)
def test_real_points_are_held_to_their_precision(content, find, changes, said):
    """Each kind of real action is held to its own tolerance, at its own line."""
    rank = find(content)
    (fault,) = rules.points_stand_where_they_claim(row("actions", rank, **changes)(content))
    assert (fault.file, fault.line, fault.column) == (ACTIONS, content.actions.lines[rank], "lon")
    assert said in fault.message


def test_a_district_there_twice_holds_no_point(content):
    """Which of two outlines a point belongs to cannot be told: only the rule on codes speaks of it."""
    assert list(rules.points_stand_where_they_claim(twice(content))) == []
    assert list(rules.codes_are_official(twice(content)))


def test_tolerances_are_not_zero(content):
    """A district's stand-in point may be just outside: 0.0004° north of it, 44 m, is let through."""
    perimeter = content.perimeters.geometry.loc[[AIR_BEL]].to_crs(WGS84).iloc[0]
    lon, lat = max(shapely.get_coordinates(perimeter), key=lambda corner: corner[1])
    change = row("actions", 0, lon=lon, lat=lat + 0.0004)
    assert list(rules.points_stand_where_they_claim(change(content))) == []
