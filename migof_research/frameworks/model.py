"""What a framework is: a tree of nodes with items, answer scales, weights, a missing rule and a band scheme.

Everything that is counted is exact: points, weights and cuts are fractions, so that thirty answers of thirty give
exactly 100. The YAML format is documented in docs/framework-files.md.
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from migof_research.errors import InputError
from migof_research.languages import Lang

LANGUAGES = tuple(Lang)
OVERALL = "overall"

Basis = Literal["stated", "inferred", "unverified", "own"]
Aggregation = Literal["mean", "pooled", "geometric", "harmonic", "minimum"]
MissingRule = Literal["zero", "available", "bounds"]
Element = Literal["P1", "P2", "P3", "O1", "O2", "O3"]  # the elements of MiGOF
Relation = Literal["exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"]  # SKOS mapping relations


def _fraction(value: Any) -> Fraction:
    """1, 0.5, "1/2" or "2/3" as an exact fraction: decimals are taken as written, not as floats."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError("must be a number or a fraction such as 1/2")
    try:
        text = str(value).strip()
        if "/" in text:
            return Fraction(text)
        number = Decimal(text)
        if not number.is_finite() or abs(number.adjusted()) > 12:
            raise ValueError("must be a finite number of ordinary size")
        return Fraction(number)
    except (InvalidOperation, ZeroDivisionError, ValueError) as error:
        raise ValueError(f"must be a number or a fraction such as 1/2, not {value!r}") from error


Exact = Annotated[Fraction, BeforeValidator(_fraction)]
Weight = Annotated[Fraction, BeforeValidator(_fraction), Field(gt=0)]
Code = Annotated[str, BeforeValidator(lambda v: str(v) if isinstance(v, int) and not isinstance(v, bool) else v)]
NodeCode = Annotated[Code, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,39}$")]


def _one_or_many(value: Any) -> Any:
    """``P1`` as well as ``[P1, O1]``."""
    return [value] if isinstance(value, str) else value


Elements = Annotated[tuple[Element, ...], BeforeValidator(_one_or_many)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Part):
    """A text in up to three languages; ``own`` names the languages in which the wording is the project's own
    translation because no official one was found."""

    en: str | None = None
    fr: str | None = None
    es: str | None = None
    own: tuple[Lang, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        return {"en": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _some(self) -> Self:
        texts = [getattr(self, lang) for lang in LANGUAGES]
        if not any(texts):
            raise ValueError("needs a text in at least one of en, fr, es")
        if any(text is not None and not text.strip() for text in texts):
            raise ValueError("has an empty text")
        return self

    def get(self, lang: str) -> str:
        """The text in this language, or in the first language there is."""
        found = getattr(self, lang, None) if lang in LANGUAGES else None
        return found or self.en or self.fr or self.es or ""

    def missing(self, languages: tuple[Lang, ...]) -> list[str]:
        return [lang for lang in languages if not getattr(self, lang)]


class Source(Part):
    """Where a definition comes from, and on what basis it stands."""

    title: str
    publisher: str | None = None
    date: Code | None = None
    url: str | None = None
    basis: Basis = "stated"
    note: Text | None = None


class AnswerOption(Part):
    answer: Code
    points: Exact
    label: Text | None = None


class AnswerScale(Part):
    """The allowed answers of an item and the points of each."""

    options: tuple[AnswerOption, ...] = Field(min_length=2)

    @model_validator(mode="before")
    @classmethod
    def _list(cls, value: Any) -> Any:
        return {"options": value} if isinstance(value, list) else value

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        codes = [option.answer.casefold() for option in self.options]
        if len(set(codes)) < len(codes):
            raise ValueError("gives an answer twice")
        if self.lowest == self.highest:
            raise ValueError("gives every answer the same points, so it measures nothing")
        return self

    @cached_property
    def points(self) -> dict[str, Fraction]:
        return {option.answer: option.points for option in self.options}

    @property
    def lowest(self) -> Fraction:
        return min(option.points for option in self.options)

    @property
    def highest(self) -> Fraction:
        return max(option.points for option in self.options)


class TreePart(Part):
    """What nodes and items have in common."""

    id: NodeCode
    weight: Weight = Fraction(1)
    migof: Elements = ()
    note: Text | None = None
    basis: Basis | None = None


class Item(TreePart):
    """One question. ``yes_is: bad`` turns the scale round: the answer with most points counts least.

    ``requires`` and ``excludes`` name items that must, or cannot, be in place together with this one; they bind the
    paths to the next band, never a score. ``migof`` is for an item that serves other MiGOF elements than its node.
    """

    text: Text
    scale: Code = "yes_no"
    yes_is: Literal["good", "bad"] = "good"
    requires: tuple[NodeCode, ...] = ()
    excludes: tuple[NodeCode, ...] = ()


class Node(TreePart):
    """A principle, objective, domain, dimension, indicator or block: it holds further nodes, or items, or neither.

    ``migof`` names the MiGOF elements it serves; ``long`` is a second, longer wording where there is one.
    """

    label: Text
    long: Text | None = None
    question: Text | None = None
    aggregation: Aggregation | None = None
    nodes: tuple["Node", ...] = ()
    items: tuple[Item, ...] = ()

    @model_validator(mode="after")
    def _either(self) -> Self:
        if self.nodes and self.items:
            raise ValueError("holds both nodes and items; put the items into a node of their own")
        return self

    def walk(self) -> Iterator["Node"]:
        yield self
        for node in self.nodes:
            yield from node.walk()

    def all_items(self) -> list[Item]:
        return [item for node in self.walk() for item in node.items]


class Band(Part):
    id: Code
    label: Text
    from_: Exact = Field(alias="from")
    colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]


class BandScheme(Part):
    """Bands on the scale 0-100, each from its cut (included) to the next one's (excluded)."""

    bands: tuple[Band, ...] = Field(min_length=2, alias="scheme")
    basis: Basis = "stated"
    note: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _list(cls, value: Any) -> Any:
        return {"scheme": value} if isinstance(value, list) else value

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        cuts = self.cuts
        if cuts[0] != 0:
            raise ValueError("must begin at 0")
        if any(low >= high for low, high in zip(cuts, cuts[1:], strict=False)):
            raise ValueError("must have cuts that rise from the first band to the last")
        if cuts[-1] > 100:
            raise ValueError("has a cut above 100")
        if len({band.id for band in self.bands}) < len(self.bands):
            raise ValueError("gives a band id twice")
        return self

    @property
    def ids(self) -> list[str]:
        return [band.id for band in self.bands]

    @property
    def cuts(self) -> list[Fraction]:
        return [band.from_ for band in self.bands]

    def band(self, id: str) -> Band:
        return next(band for band in self.bands if band.id == id)

    def label(self, id: str, lang: str = "en") -> str:
        return self.band(id).label.get(lang)

    def colour(self, id: str) -> str:
        return self.band(id).colour


class Framework(Part):
    """A framework: identity, tree, scales, rules. ``aggregation`` is one word for all levels, or one a level from
    ``overall`` downwards. ``migof_relation``, ``migof_basis`` and ``migof_source`` say how the MiGOF elements that its
    nodes name are meant, and on what they rest."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    version: Code
    title: Text
    about: Text | None = None
    sources: tuple[Source, ...] = Field(min_length=1)
    languages: tuple[Lang, ...] = (Lang.en,)
    node_word: Text = Text(en="domain", fr="domaine", es="ámbito")
    scales: dict[str, AnswerScale] = {}
    aggregation: Annotated[tuple[Aggregation, ...], BeforeValidator(_one_or_many)] = ("mean",)
    missing: MissingRule = "zero"
    most_missing: Annotated[Exact, Field(ge=0, le=1)] | None = None
    own_bands: BandScheme | None = Field(default=None, alias="bands")
    migof_relation: Relation = "relatedMatch"
    migof_basis: Literal["stated", "inferred"] = "inferred"
    migof_source: str = "By subject"
    nodes: tuple[Node, ...] = Field(min_length=1)

    @property
    def bands(self) -> BandScheme:
        """The band scheme; InputError where the framework has none."""
        if self.own_bands is None:
            raise InputError(f"{self.id} has no band scheme; nothing can be put into bands.")
        return self.own_bands

    def walk(self) -> Iterator[Node]:
        """Every node, depth first."""
        for node in self.nodes:
            yield from node.walk()

    def node(self, id: str) -> Node:
        """The node with this code; KeyError where there is none."""
        try:
            return self._by_id[id]
        except KeyError:
            raise KeyError(f"{self.id} has no node {id}; it has {', '.join(self._by_id)}") from None

    @cached_property
    def _by_id(self) -> dict[str, Node]:
        return {node.id: node for node in self.walk()}

    def items(self) -> list[Item]:
        return [item for node in self.nodes for item in node.all_items()]

    @property
    def domains(self) -> list[str]:
        """Codes of the nodes right below ``overall``, in order."""
        return [node.id for node in self.nodes]

    @cached_property
    def parents(self) -> dict[str, str]:
        """The node above each node and item."""
        above = {node.id: OVERALL for node in self.nodes}
        for node in self.walk():
            above |= {child.id: node.id for child in node.nodes} | {item.id: node.id for item in node.items}
        return above

    def depth(self, node: Node | None) -> int:
        """How far a node lies below the whole: 0 for the whole (None), 1 for a domain."""
        depth, id = 0, node.id if node else None
        while id in self.parents:
            depth, id = depth + 1, self.parents[id]
        return depth

    def aggregation_at(self, depth: int) -> Aggregation:
        """How the parts of a node at this depth are put together (0 is ``overall``)."""
        return self.aggregation[min(depth, len(self.aggregation) - 1)]

    def label(self, id: str, lang: str = "en") -> str:
        """The name of a node or item in a language."""
        if id in self._by_id:
            return self._by_id[id].label.get(lang)
        for item in self.items():
            if item.id == id:
                return item.text.get(lang)
        raise KeyError(f"{self.id} has no node or item {id}")
