"""What may be asked: a named, typed fact for each column of the shop source and each store of ours."""

from segmentation.facts.catalogue import Catalogue, Fact, RelationFacts, catalogue_of

__all__ = ["Catalogue", "Fact", "RelationFacts", "catalogue_of"]
