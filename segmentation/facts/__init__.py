"""What may be asked: a named, typed fact for each column of the shop source and each store of ours."""

from segmentation.facts.catalogue import Catalogue, RelationFacts, catalogue_of
from segmentation.facts.custom import computed_fact
from segmentation.facts.fact import Fact
from segmentation.facts.families import FAMILIES
from segmentation.facts.family import Family
from segmentation.facts.relations import relation_label

__all__ = ["FAMILIES", "Catalogue", "Fact", "Family", "RelationFacts", "catalogue_of", "computed_fact", "relation_label"]
