"""What is chosen on *Inspirations*, read from its address: filters, a sheet, a district, people's answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from qpverts.atlas.atlas import Atlas
from qpverts.domain.actions.inspiration_filter import Wanted
from qpverts.domain.model import Carrier
from qpverts.domain.territory import Kind
from qpverts.domain.transfer.conclusion import LONGEST_REASON, Override, Verdict
from qpverts.ui.address.state import DISTRICT, FIELD, OPINIONS, THEME, Reader
from qpverts.viz.words.acting import inspiration_texts as texts

SHEET = "id"
COST, LAND, CARRIER, SCALE = "cout", "terrain", "porteur", "echelle"
POPULAR, COUNTRY, RESULTS, LIMITS = "populaire", "pays", "resultats", "limites"
FILTERS = (THEME, FIELD, COST, LAND, CARRIER, SCALE, POPULAR, COUNTRY, RESULTS, LIMITS)
#: Between two opinions, and between the parts of one; a reason that holds them has them escaped.
_NEXT, _PART = "|", ":"
_ESCAPED = {"%": "%25", _NEXT: "%7C", _PART: "%3A"}


@dataclass(frozen=True, slots=True)
class InspirationState:
    """What is chosen: ``sheet`` is an inspiration, ``code`` a district, ``opinions`` go with both."""

    wanted: Wanted
    sheet: str | None
    code: str | None
    opinions: tuple[Override, ...]
    notices: tuple[str, ...]


def inspiration_state(params: Mapping[str, str], atlas: Atlas) -> InspirationState:
    """Read the query string of *Inspirations*."""
    read = Reader(params)
    words = atlas.vocabulary
    known = {one.country for one in atlas.inspirations.values()}
    carrier = read.one_of(CARRIER, {one.value for one in Carrier}, "un genre de porteur")
    wanted = Wanted(
        theme=read.one_of(THEME, {one.id for one in words.themes}, "une thématique"),
        field=read.one_of(FIELD, {one.id for one in words.fields}, "un champ d'intervention"),
        cost=read.one_of(COST, texts.COST, "un niveau de coût"),
        land=read.one_of(LAND, texts.LAND, "une taille de terrain"),
        carrier=Carrier(carrier) if carrier else None,
        scale=read.one_of(SCALE, texts.SCALE, "une échelle"),
        popular=read.one_of(POPULAR, texts.POPULAR, "une réponse possible"),
        country=read.one_of(COUNTRY, known, "un pays d'où vient une inspiration"),
        results=read.is_on(RESULTS, "celles qui ont des résultats"),
        limits=read.is_on(LIMITS, "celles dont les limites sont dites"),
    )
    sheet = read.one_of(SHEET, atlas.inspirations, "une inspiration recensée")
    code = _district(read, atlas)
    opinions: tuple[Override, ...] = ()
    if sheet and code:
        criteria = [criterion.id for criterion in atlas.transfer.criteria]
        opinions, refused = opinions_of(params.get(OPINIONS, ""), criteria)
        for part in refused:
            read.refuse(part, "un avis (critère, réponse et raison)")
    return InspirationState(wanted, sheet, code, opinions, tuple(read.notices))


def _district(read: Reader, atlas: Atlas) -> str | None:
    territory = read.district(DISTRICT, atlas)
    if territory and territory.kind is not Kind.QPV:
        read.notices.append(
            f"{territory.name} compte plusieurs quartiers : choisissez-en un, car la réponse change avec lui."
        )
        return None
    return territory.codes[0] if territory else None


def opinions_of(text: str, criteria: Iterable[str]) -> tuple[tuple[Override, ...], tuple[str, ...]]:
    """Read what people answered in place of the tool, and give apart what could not be understood.

    ``portage:favorable:raison``, one after the other with a ``|`` between; of two on one criterion the last
    counts. An empty reason counts as none, and one is cut at its greatest length.
    """
    known = set(criteria)
    found: dict[str, Override] = {}
    refused = []
    for part in filter(None, text.split(_NEXT)):
        criterion, _, rest = part.partition(_PART)
        verdict, _, reason = rest.partition(_PART)
        said = " ".join(unquote(reason).split())[:LONGEST_REASON]
        if criterion in known and verdict in {one.value for one in Verdict} and said:
            found[criterion] = Override(criterion, Verdict(verdict), said)
        else:
            refused.append(part)
    return tuple(found.values()), tuple(refused)


def opinions_param(opinions: Iterable[Override]) -> str | None:
    """Write opinions as a parameter; none stays out of the address."""
    parts = [_PART.join((one.criterion, one.verdict.value, _escaped(one.reason))) for one in opinions]
    return _NEXT.join(parts) or None


def _escaped(reason: str) -> str:
    return "".join(_ESCAPED.get(character, character) for character in reason)


def replaced(opinions: Iterable[Override], new: Override) -> tuple[Override, ...]:
    """Give the opinions with a new one in place of that on the same criterion."""
    return (*without(opinions, new.criterion), new)


def without(opinions: Iterable[Override], criterion: str) -> tuple[Override, ...]:
    """Give the opinions but that on a criterion."""
    return tuple(one for one in opinions if one.criterion != criterion)
