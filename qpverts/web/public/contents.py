"""Which pages there are, and what each is made from; made when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from qpverts.atlas.atlas import Atlas
from qpverts.domain.model import Status
from qpverts.domain.text import capital, plain
from qpverts.viz.charts import static_radar
from qpverts.viz.words import labels, level_texts, tangible
from qpverts.viz.words.grammar import of
from qpverts.viz.words.resident import description as resident
from qpverts.viz.words.resident import resident_lists, resident_texts
from qpverts.web.open_data import files
from qpverts.web.open_data.resources import RESOURCES
from qpverts.web.public import paths, statement
from qpverts.web.public.pictures import MapPicture, Pictures

Context = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A page: its template, what search engines and shared links say of it, and what fills it."""

    path: str
    template: str
    title: str
    description: str
    fill: Callable[[], Context]


class Contents:
    """All the pages of one atlas, by path."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.pictures = Pictures(atlas)
        self.hrefs = {code: paths.district(qpv) for code, qpv in atlas.qpvs.items()}
        self.communes = {code: paths.commune(one) for code, one in atlas.index.communes.items()}
        self.themes = {theme.id: paths.theme(theme.id) for theme in atlas.vocabulary.themes}

    @cached_property
    def pages(self) -> Mapping[str, PublicPage]:
        """Give every page; the order is that of the site map."""
        made = [
            self._home(),
            self._search(),
            self._method(),
            self._statement(),
            *(self._commune(code) for code in self.communes),
            *(self._theme(theme_id) for theme_id in self.themes),
            *(self._district(code) for code in self.hrefs),
        ]
        return {page.path: page for page in made}

    @cached_property
    def day(self) -> str:
        """Tell when the newest of the data entered the project."""
        days = [dataset.retrieved for dataset in self.atlas.catalogue.embedded if dataset.retrieved]
        return labels.source_date(max(days).isoformat()) if days else ""

    @cached_property
    def by_name(self) -> tuple[resident_lists.PlaceRow, ...]:
        """Give the districts in the order of their names."""
        rows = [resident_lists.place_row(self.atlas, code) for code in self.hrefs]
        return tuple(sorted(rows, key=lambda row: plain(row.name)))

    @property
    def whole(self) -> MapPicture:
        """Draw the map of the Métropole."""
        title = "Carte des quartiers prioritaires de la Métropole"
        return self.pictures.region(self.atlas.index.metropole, title, self.hrefs)

    def _home(self) -> PublicPage:
        atlas = self.atlas

        def fill() -> Context:
            return {
                "brief": resident_lists.brief(atlas, tuple(atlas.qpvs), tuple(atlas.actions.values())),
                "lead": atlas.approach.lead,
                "rows": self.by_name,
                "communes": atlas.index.all_communes,
                "map": self.whole,
            }

        return PublicPage(
            paths.HOME,
            "home.html",
            "Mon quartier et la nature",
            "Dans chaque quartier prioritaire d'Aix-Marseille-Provence : les espaces verts les plus proches, "
            "les actions, qui les porte et ce qui est prévu.",
            fill,
        )

    def _district(self, code: str) -> PublicPage:
        atlas = self.atlas
        qpv = atlas.qpvs[code]

        def fill() -> Context:
            told = resident.describe(atlas, code)
            listed = [card for group in told.happening for card in group.actions] + [
                *told.planned,
                *told.around,
            ]
            picture, signs = self.pictures.district(code, told.spaces, listed, self.hrefs)
            scores = [row.score for row in told.levels]
            steps = [level.score for level in atlas.scale if level.score is not None]
            return {
                "told": told,
                "trail": [(self.communes[one.code], one.name) for one in qpv.communes],
                "qpv": qpv,
                "map": picture,
                "signs": signs,
                "radar": static_radar.radar([row.label for row in told.levels], scores, steps),
                "scale": [level for level in atlas.scale if level.score],
                "texts": resident_texts,
                "warning": level_texts.WARNING,
                "rules": tangible.RULES,
            }

        return PublicPage(
            paths.district(qpv),
            "district.html",
            f"{qpv.name}, {qpv.commune_names}",
            f"{qpv.name} ({qpv.commune_names}) : les espaces verts les plus proches, les actions du "
            "quartier, qui les porte et ce qui est prévu.",
            fill,
        )

    def _commune(self, code: str) -> PublicPage:
        atlas = self.atlas
        territory = atlas.index.of_commune(code)
        alone = len(territory.codes) == 1
        districts = f"{'quartier prioritaire' if alone else 'quartiers prioritaires'} {of(territory.name)}"
        theirs = (
            "son quartier prioritaire, ses espaces verts et ses actions"
            if alone
            else "ses quartiers prioritaires, leurs espaces verts et leurs actions"
        )

        def fill() -> Context:
            wanted = set(territory.codes)
            actions = [
                a
                for a in atlas.actions.values()
                if wanted.intersection(a.qpv_codes) or (a.commune_code == code and not a.qpv_codes)
            ]
            return {
                "name": territory.name,
                "brief": resident_lists.brief(atlas, territory.codes, actions),
                "rows": [row for row in self.by_name if row.code in wanted],
                "spaces": resident_lists.commune_spaces(atlas, code),
                "wide": resident_lists.commune_wide(atlas, code),
                "caption": capital(districts),
                "map": self.pictures.region(
                    territory, f"Carte {'du' if alone else 'des'} {districts}", self.hrefs
                ),
            }

        return PublicPage(
            self.communes[code],
            "commune.html",
            f"{'Le' if alone else 'Les'} {districts}",
            f"{territory.name} : {theirs}.",
            fill,
        )

    def _theme(self, theme_id: str) -> PublicPage:
        atlas = self.atlas
        label = atlas.vocabulary.theme(theme_id).label

        def fill() -> Context:
            actions = [a for a in atlas.actions.values() if theme_id in a.themes]
            now = [a for a in actions if a.status is not Status.PLANNED]
            return {
                "theme": theme_id,
                "label": label,
                "count": len(actions),
                "states": labels.statuses(actions),
                "now": resident_lists.by_place(atlas, now),
                "planned": resident_lists.by_place(atlas, [a for a in actions if a.status is Status.PLANNED]),
                "silent": sum(atlas.grades[code][theme_id].level.score is None for code in atlas.qpvs),
                "total": len(atlas.qpvs),
            }

        return PublicPage(
            self.themes[theme_id],
            "theme.html",
            f"{label} : les actions dans les quartiers",
            f"« {label} » : les actions connues dans les quartiers prioritaires d'Aix-Marseille-Provence.",
            fill,
        )

    def _search(self) -> PublicPage:
        return PublicPage(
            paths.SEARCH,
            "search.html",
            "Chercher mon quartier",
            "Tous les quartiers prioritaires d'Aix-Marseille-Provence, par nom et par commune.",
            lambda: {
                "query": "",
                "found": (),
                "why": "",
                "is_guess": False,
                "rows": self.by_name,
                "communes": self.atlas.index.all_communes,
            },
        )

    def _statement(self) -> PublicPage:
        return PublicPage(
            paths.STATEMENT,
            "statement.html",
            "Déclaration d'accessibilité",
            "Ce que nous avons vérifié, ce qui reste à corriger, et comment nous le dire.",
            statement.told,
        )

    def _method(self) -> PublicPage:
        atlas = self.atlas

        def fill() -> Context:
            return {
                "scale": [
                    (level_texts.name(level), level.sentence, level_texts.thresholds_text(level) or "–")
                    for level in atlas.scale
                ],
                "families": atlas.specs.families,
                "datasets": atlas.catalogue.embedded,
                "resources": [
                    (one, files.formats(one), files.attribution(one, atlas)) for one in RESOURCES.values()
                ],
                "open_data": files,
                "rules": tangible.RULES,
                "what": resident_texts.WHAT_IS_A_DISTRICT,
                "warning": level_texts.WARNING,
                "state": labels.STATUS.values(),
            }

        return PublicPage(
            paths.METHOD,
            "method.html",
            "Méthode et données",
            "D'où viennent les chiffres, comment ils sont arrondis, et ce que nous ne savons pas.",
            fill,
        )
