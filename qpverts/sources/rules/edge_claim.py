"""Rules on the test of "en bordure des espaces verts": figures in order, counts that are possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qpverts.domain.claims import EdgeRow, EdgeTest, Green, Reference
from qpverts.errors import Fault
from qpverts.sources.rules.content import Content, rule

_RULE = "bordure"
_WHOLE_PCT = 100.0
_SHOWN = 60  # letters of a faulty text


@rule("Bordure : un quartier connu par ligne, des parts du contour dans l'ordre, un rang si des lieux")
def edges_are_possible(content: Content) -> Iterator[Fault]:
    """Refuse an edge of an unknown district, or whose shares are out of order."""
    table = content.edges
    known = {qpv.code for qpv in content.qpvs}
    seen: dict[tuple[str, Green, Reference], int] = {}
    for line, row in table.numbered():
        if row.code_qp not in known:
            yield Fault(table.file, _RULE, f"« {row.code_qp[:_SHOWN]} » n'existe pas", line, "code_qp")
        first = seen.setdefault((row.code_qp, row.green, row.reference), line)
        if first != line:
            yield Fault(table.file, _RULE, f"figure déjà ligne {first}", line, "code_qp")
        if not _in_order((row.low, row.value, row.high)):
            told = "bas, valeur et haut ne sont pas des parts dans l'ordre"
            yield Fault(table.file, _RULE, told, line, "valeur_pct")
        if not _in_order((row.p05, row.p25, row.p50, row.p75, row.p95)):
            told = "les lieux au hasard ne sont pas des parts dans l'ordre"
            yield Fault(table.file, _RULE, told, line, "hasard_50_pct")
        if fault := _places_fault(row):
            yield Fault(table.file, _RULE, fault, line, "lieux")


@rule("Bordure, ensemble : pas plus de quartiers ni de tirages que de lignes ne le permettent")
def edge_tests_are_possible(content: Content) -> Iterator[Fault]:
    """Refuse a test of edges that counts more districts or draws than there can be."""
    table = content.edge_tests
    tested = {
        (green, reference): [
            row.places
            for row in content.edges.rows
            if row.green is green and row.reference is reference and row.places
        ]
        for green in Green
        for reference in Reference
    }
    seen: dict[tuple[object, ...], int] = {}
    for line, test in table.numbered():
        first = seen.setdefault((test.green, test.reference, test.reading), line)
        if first != line:
            yield Fault(table.file, _RULE, f"figure déjà ligne {first}", line, "lecture")
        places = tested[test.green, test.reference]
        if test.districts != len(places):
            told = f"{test.districts} quartiers, mais {len(places)} ont des lieux au hasard"
            yield Fault(table.file, _RULE, told, line, "quartiers")
        elif any(count != test.draws for count in places):
            told = "les quartiers n'ont pas tous autant de lieux que de tirages"
            yield Fault(table.file, _RULE, told, line, "tirages")
        if fault := _counts_fault(test):
            yield Fault(table.file, _RULE, fault, line, "au_moins")
        figures = (test.mean, test.random_mean, test.real_25_pct, test.random_25_pct)
        if not all(_is_share(figure) for figure in figures) or not _in_order(
            (test.random_low, test.random_mean, test.random_high)
        ):
            told = "les moyennes ne sont pas des parts dans l'ordre"
            yield Fault(table.file, _RULE, told, line, "moyenne_pct")


def _is_share(figure: float | None) -> bool:
    return figure is None or 0 <= figure <= _WHOLE_PCT


def _in_order(figures: Sequence[float | None]) -> bool:
    """Tell whether figures are shares in order, all of them or none being given."""
    given = [figure for figure in figures if figure is not None]
    return len(given) in {0, len(figures)} and given == sorted(given) and all(map(_is_share, given))


def _places_fault(row: EdgeRow) -> str | None:
    """Say what is impossible in the number of places of a row."""
    if not 0 <= row.places <= row.tries:
        return f"{row.places} lieux pour {row.tries} tirages"
    if bool(row.places) != (row.rank_pct is not None) or bool(row.places) != (row.p50 is not None):
        return "un rang et des lieux au hasard vont ensemble"
    if row.places and row.value is None:
        return "des lieux au hasard, mais rien pour le quartier"
    return None if _is_share(row.rank_pct) else "le rang sort de 0 à 100 %"


def _counts_fault(test: EdgeTest) -> str | None:
    """Say what is impossible in the numbers of draws: each reaches the real mean, or does not pass it."""
    counts = (test.at_least, test.at_most)
    if any(not 0 <= count <= test.draws for count in counts) or sum(counts) < test.draws:
        return "les tirages au-dessus et au-dessous ne font pas le compte"
    return None
