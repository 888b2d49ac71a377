"""The rules that data must keep across rows and files, each a function that names the faulty lines.

A rule takes the content read so far and yields faults, under a French title of its own; types and headers
were checked while reading.
"""

from qpverts.sources.rules.content import Content, Rule
from qpverts.sources.rules.districts import (
    codes_are_official,
    districts_are_in_their_commune,
    figures_match_districts,
    perimeters_are_valid,
)
from qpverts.sources.rules.edge_claim import edge_tests_are_possible, edges_are_possible
from qpverts.sources.rules.levels import surveys_name_known_cells, the_scale_climbs
from qpverts.sources.rules.nature import (
    measured_cells_are_possible,
    measured_nature_is_possible,
    ways_lead_to_known_spaces,
)
from qpverts.sources.rules.places import actions_name_known_places, points_stand_where_they_claim
from qpverts.sources.rules.tables import (
    keys_are_unique,
    sources_are_given,
    the_vocabulary_is_whole,
    values_are_possible,
    words_belong_to_the_vocabulary,
)
from qpverts.sources.rules.transfer import the_transfer_method_is_whole
from qpverts.sources.rules.vintages import vintages_are_matched

__all__ = ["RULES", "Content", "Rule"]

RULES: tuple[Rule, ...] = (
    perimeters_are_valid,
    codes_are_official,
    districts_are_in_their_commune,
    figures_match_districts,
    keys_are_unique,
    the_vocabulary_is_whole,
    words_belong_to_the_vocabulary,
    actions_name_known_places,
    points_stand_where_they_claim,
    values_are_possible,
    sources_are_given,
    measured_nature_is_possible,
    measured_cells_are_possible,
    ways_lead_to_known_spaces,
    edges_are_possible,
    edge_tests_are_possible,
    vintages_are_matched,
    the_scale_climbs,
    surveys_name_known_cells,
    the_transfer_method_is_whole,
)
