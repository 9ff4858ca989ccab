"""Where one unit stands in each domain and overall: scores with their ranges, on the scale with its bands."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from migof_research.frameworks.model import Framework
from migof_research.report.figures import scale
from migof_research.report.style import GREY, SMALL, UNIT, rule, styled, tint, two_texts
from migof_research.report.wording import Language

ROW, PEERS = 0.6, 0.17  # inches: a row, and the fields along its foot that count the peers


@styled
def domain_profile(
    scores: pd.DataFrame,
    bands: pd.DataFrame,
    framework: Framework,
    _: Language,
    *,
    peers: pd.DataFrame | None = None,
    previous: pd.DataFrame | None = None,
) -> Figure:
    """A row a node: the score of one unit in one year, as a dot where it is exact and else as the range it lies in.

    ``scores`` and ``bands`` hold one row a node. ``peers`` is the bands of other units: each row then counts them by
    band. ``previous`` is the unit's own scores in an earlier year.
    """
    scores, bands, nodes = scores.set_index("node"), bands.set_index("node"), scale.rows(framework)
    earlier = pd.DataFrame() if previous is None else previous.set_index("node")
    fig, ax = scale.sheet(ROW * len(nodes), framework.bands, _note(scores, peers, previous, _), _)
    for number, node in enumerate(nodes):
        top, foot = ROW * number, 0 if peers is None else PEERS
        y, now = top + (ROW - foot) / 2, scores.loc[node]
        scale.draw_row_name(ax, top + ROW / 2, framework, node, _)
        two_texts(
            ax,
            top + ROW / 2,
            scale.band_name(bands.loc[node], framework.bands, _),
            scale.score_words(now["lower"], now["upper"], _),
            scale.RIGHT,
        )
        if node in earlier.index:
            then = earlier.loc[node]
            label = "" if number else str(then["year"])
            scale.draw_score(ax, y - 0.09, (then["lower"], then["upper"]), framework.bands, GREY, hollow=True, label=label)
            y += 0.08
        label = "" if number else str(now["year"])
        scale.draw_score(ax, y, (now["lower"], now["upper"]), framework.bands, UNIT, label=label)
        if peers is not None:
            _draw_peers(ax, top + ROW - PEERS, peers.loc[peers["node"] == node, "band"], framework, _)
        if number:
            rule(ax, top)
    return fig


def _draw_peers(ax: Axes, y: float, peers: pd.Series, framework: Framework, _: Language) -> None:
    """A field a band, the darker the more peers are in it, with their number."""
    for band, low, high in scale.zones(framework.bands):
        n = int((peers == band).sum())
        ax.add_patch(Rectangle((low, y), high - low, PEERS, color=tint(GREY, 0.7 * n / max(len(peers), 1)), lw=0, zorder=0))
        ax.text((low + high) / 2, y + PEERS / 2, _.number(n), ha="center", va="center_baseline", size=SMALL)


def _note(scores: pd.DataFrame, peers: pd.DataFrame | None, previous: pd.DataFrame | None, _: Language) -> str:
    note = [
        _("Orange: score in {year}, a dot where it is known exactly, a bar over the range in which it lies.").format(
            year=scores["year"].iloc[0]
        )
    ]
    if previous is not None:
        note.append(_("Grey outline: score in {year}.").format(year=previous["year"].iloc[0]))
    if peers is not None:
        note.append(_("Grey fields: how many of the {n} peers are in each band.").format(n=_.number(peers["unit"].nunique())))
    return " ".join(note)


def domain_profile_alt(
    scores: pd.DataFrame,
    bands: pd.DataFrame,
    framework: Framework,
    _: Language,
    *,
    peers: pd.DataFrame | None = None,
    previous: pd.DataFrame | None = None,
) -> str:
    """The same in words: score and band of each node, the earlier score, and how many peers are above and below."""
    scores, bands = scores.set_index("node"), bands.set_index("node")
    earlier = pd.DataFrame() if previous is None else previous.set_index("node")
    sentences = [_("Scores in {year} on a scale from 0 to 100.").format(year=scores["year"].iloc[0])]
    for node in scale.rows(framework):
        facts = [
            scale.score_words(scores.at[node, "lower"], scores.at[node, "upper"], _),
            scale.band_name(bands.loc[node], framework.bands, _),
        ]
        if node in earlier.index:
            then = scale.score_words(earlier.at[node, "lower"], earlier.at[node, "upper"], _)
            facts.append(_("{score} in {year}").format(score=then, year=earlier.at[node, "year"]))
        if peers is not None:
            theirs = peers.loc[peers["node"] == node, "band"].dropna()
            facts.append(
                _("{above} of {n} peers in a higher band, {below} in a lower one").format(
                    n=_.number(len(theirs)),
                    above=_.number((theirs > bands.loc[node, "band_upper"]).sum()),
                    below=_.number((theirs < bands.loc[node, "band_lower"]).sum()),
                )
            )
        sentences.append(_("{name}: {facts}.").format(name=scale.node_name(framework, node, _), facts="; ".join(facts)))
    return " ".join(sentences)
