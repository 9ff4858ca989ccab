"""The words and tables of the country report, written from its figures: each sentence has its number and n."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from migof_research.analysis.country import Country
from migof_research.analysis.evidence import Evidence
from migof_research.analysis.firmness import LEAST, Uncertainty, firm_bands
from migof_research.frameworks import OVERALL, load
from migof_research.indicators import units
from migof_research.indicators.sdg_10_7_2 import ROUNDS, UNIVERSE
from migof_research.report.figures.scale import score_words
from migof_research.report.wording import MISSING, Language

FEW = 5  # fewer peers than this: said beside every comparison


def name(case: Country, _: Language) -> str:
    return units.name(case.unit, _.code)


def node_name(case: Country | Evidence, node: str, _: Language) -> str:
    return _("Overall") if node == OVERALL else case.framework.label(node, _.code)


def level(case: Country, band: str, _: Language) -> str:
    """"level 3 (Meets)"."""
    return _("level {number} ({name})").format(number=band, name=case.framework.bands.label(band, _.code))


def short_level(case: Country | Evidence, band: str, _: Language) -> str:
    """"3 Meets", for tables."""
    return f"{band} {case.framework.bands.label(band, _.code)}"


def peer_group(case: Country | Evidence, _: Language) -> str:
    """Who the peers are, as a phrase after "peers": "in Europe and Northern America"."""
    own = units.units().set_index("unit").loc[case.unit]
    region = units.area_name(own["sdg_region"], _.code)
    match case.peer_group:
        case "region":
            return _("in {region}").format(region=region)
        case "income":
            return _("in the same income group ({income})").format(income=income(own["income"], _))
        case "region_income":
            return _("in {region} and in the same income group ({income})").format(region=region, income=income(own["income"], _))
        case "nearest":
            return _("nearest in their context")
        case _list:
            return _("from the list given")


def income(group: Any, _: Language) -> str:
    names = {
        "low": _("low income"),
        "lower_middle": _("lower-middle income"),
        "upper_middle": _("upper-middle income"),
        "high": _("high income"),
    }
    return names.get(group, _("not classified"))


def subtitle(case: Country, _: Language) -> str:
    if case.year is None:
        return _("SDG indicator 10.7.2: no answer to the Inquiry in the figures")
    return _("SDG indicator 10.7.2, {round}").format(round=inquiry(case.year, _))


def inquiry(year: int, _: Language) -> str:
    number = next((number for number, of in ROUNDS.items() if of == year), None)
    if number is None:
        return _("round of {year}").format(year=year)
    return _("round {number} of the United Nations Inquiry, {year}").format(number=number, year=year)


def card(case: Country, _: Language) -> dict[str, Any]:
    """What the index lists of this report."""
    own, scheme = units.units().set_index("unit").loc[case.unit], case.framework.bands
    facts: dict[str, Any] = {
        "name": name(case, _),
        "region": units.area_name(own["sdg_region"], _.code),
        "income": income(own["income"], _),
        "year": case.year,
    }
    if case.answered:
        bands = case.own(case.bands_then)
        facts["bands"] = {
            node: {"id": band, "label": scheme.label(band, _.code), "colour": scheme.colour(band)}
            for node, band in bands[["node", "band"]].itertuples(index=False)
        }
        facts["node_labels"] = {node: node_name(case, node, _) for node in bands["node"]}
    return facts


def summary(case: Country, _: Language) -> list[str]:
    """Three or four sentences: overall, the domains, the peers, the change."""
    if not case.answered:
        return _no_answer(case, _)
    own = case.own(case.scores_then).merge(case.own(case.bands_then)[["node", "band"]], on="node").set_index("node")
    whole = own.loc[OVERALL]
    sentences = [
        _("{name} is at {level} overall in {year}: its score lies at {score} of 100 (30 items, six domains).").format(
            name=name(case, _), level=level(case, whole["band"], _), year=case.year, score=score_words(whole["lower"], whole["upper"], _)
        ),
        _domains(case, own.drop(OVERALL), _),
        _peers(case, _),
    ]
    return [*sentences, _change(case, _)]


def _no_answer(case: Country, _: Language) -> list[str]:
    responding = case.levels["unit"].nunique()
    if case.years:
        return [
            _("{name} did not answer the round of {year}; it answered in {years}.").format(
                name=name(case, _), year=case.asked, years=_.join(map(str, case.years))
            ),
            _peers_only(case, _),
        ]
    return [
        _("There is no published figure for {name}: it is not among the {n} of {universe} countries that answered the Inquiry.").format(
            name=name(case, _), n=_.number(responding), universe=_.number(UNIVERSE)
        ),
        _("No answer says nothing about the policies of a country: what follows is about the countries around it."),
        _peers_only(case, _),
    ]


def _peers_only(case: Country, _: Language) -> str:
    bands = case.of_peers(case.bands_then).query("node == 'overall'")["band"]
    meeting = int((bands.cat.codes >= 2).sum())
    return _("Of the countries {group} that answered (n = {n}), {meeting} meet or fully meet the indicator overall.").format(
        n=_.number(len(bands)), group=peer_group(case, _), meeting=_.number(meeting)
    )


def _domains(case: Country, own: pd.DataFrame, _: Language) -> str:
    top = case.framework.bands.ids[-1]
    best, worst = own.index[own["band"] == top], own.index[own["band"] == own["band"].min()]
    lowest = own["band"].min()
    if lowest == top:
        return _("It fully meets all six domains.")
    low = _("lowest in {domains}, at {level}").format(
        domains=_.join(node_name(case, node, _) for node in worst), level=level(case, lowest, _)
    )
    if len(best) == 0:
        return _("It fully meets none of the six domains; it is {low}.").format(low=low)
    full = _.n("It fully meets {n} of the six domains ({names})", "It fully meets {n} of the six domains ({names})", len(best))
    return full.format(names=_.join(node_name(case, node, _) for node in best)) + _("; it is {low}.").format(low=low)


def _peers(case: Country, _: Language) -> str:
    row = case.benchmark.set_index("node").loc[OVERALL]
    if not case.peers:
        return _("No other country {group} has figures, so there is no comparison with peers.").format(group=peer_group(case, _))
    return _(
        "Overall, of its peers {group} (n = {n}), it is surely above {above} and surely below {below}; {open} cannot be told apart from it."
    ).format(
        above=_.number(row["above"]), below=_.number(row["below"]), n=_.number(row["n"]),
        group=peer_group(case, _), open=_.number(row["not_separable"]),
    )  # fmt: skip


def _change(case: Country, _: Language) -> str:
    if case.progress.empty:
        return _("It answered one round only ({year}), so nothing can be said about change.").format(year=case.years[0])
    domains = case.progress[case.progress["node"] != OVERALL]
    counts = domains["direction"].value_counts()
    same = counts["not separable"] + counts["unchanged"]
    return _("From {start} to {end}, {up} of the six domains surely rose, {down} surely fell, {same} cannot be told apart.").format(
        start=domains["year_start"].iloc[0], end=domains["year_end"].iloc[0],
        up=_.number(counts["surely up"]), down=_.number(counts["surely down"]), same=_.number(same),
    )  # fmt: skip


def nonresponse(case: Country, _: Language) -> str:
    """What is known of the country's item non-response in the year of the report."""
    flagged = None if case.year is None else case.nonresponse[case.year]
    if flagged is None:
        return _("How many items were left unanswered is not published for {year}.").format(year=case.year)
    if not flagged:
        return _("No node is flagged for item non-response of 10 per cent or more in {year}.").format(year=case.year)
    names = _.join(node_name(case, node, _) for node in [OVERALL, *case.framework.domains] if node in flagged)
    return _(
        "In {year}, 10 per cent or more of the items were not answered in: {names}. An unanswered item counts as no, so these scores may be too low."
    ).format(year=case.year, names=names)


def standing(case: Country, _: Language) -> pd.DataFrame:
    """A row a node: ``name, migof, level, lower, upper, nonresponse``."""
    table = case.own(case.scores_then).merge(case.own(case.bands_then)[["node", "band"]], on="node")
    flags = case.own(case.levels).set_index("node")["item_nonresponse"]
    table["level"] = [short_level(case, band, _) for band in table["band"]]
    table["migof"] = [element(case, node, _) for node in table["node"]]
    table["nonresponse"] = [_flag(flags[node], _) for node in table["node"]]
    return _named(case, table, _)[["name", "migof", "level", "lower", "upper", "nonresponse"]]


def element(case: Country, node: str, _: Language) -> str:
    """The MiGOF element a domain serves: "P1 Adherence to international standards ..."."""
    if node == OVERALL:
        return _("all six")
    code = case.framework.node(node).migof[0]
    return f"{code} {load('migof').label(code, _.code)}"


def _flag(flag: Any, _: Language) -> str:
    if pd.isna(flag):
        return _("not published")
    return _("10% or more") if flag else _("below 10%")


def _named(case: Country | Evidence, table: pd.DataFrame, _: Language) -> pd.DataFrame:
    return table.assign(name=[node_name(case, node, _) for node in table["node"]])


def answers(case: Country, _: Language) -> pd.DataFrame:
    """A row a node: ``name, level, next, gain, lose``: how many answers to the next level, and to lose this one."""
    scheme = case.framework.bands
    table = _named(case, case.own(case.bands_then), _)
    following = dict(zip(scheme.ids, [*scheme.ids[1:], None], strict=True))
    table["level"] = [short_level(case, band, _) for band in table["band"]]
    table["next"] = [short_level(case, up, _) if (up := following[band]) else MISSING for band in table["band"]]
    return table[["name", "level", "next", "to_gain_min", "to_gain_max", "to_lose_min", "to_lose_max"]]


def answers_text(case: Country, _: Language) -> str:
    whole = case.own(case.bands_then).set_index("node").loc[OVERALL]
    if pd.isna(whole["to_gain_min"]):
        return _("Overall the highest level is reached: all 30 answers are in place; a single one lost would lose it.")
    scheme = case.framework.bands
    up = scheme.ids[scheme.ids.index(whole["band"]) + 1]
    return _(
        "Overall, {gain} more answers would be needed for {next}. The smallest and the largest number are given, over all sets of answers that fit the published levels."
    ).format(gain=_.range(whole["to_gain_min"], whole["to_gain_max"]), next=level(case, up, _))


def beside_peers(case: Country, _: Language) -> pd.DataFrame:
    """A row a node: ``name, lower, upper, median_lower, median_upper, position, n, above, below, not_separable``."""
    words = {
        "surely above": _("surely above"),
        "surely below": _("surely below"),
        "not separable": _("not separable"),
    }
    table = _named(case, case.benchmark, _)
    return table.assign(position=[words.get(position, "") for position in table["position"]])


def few_peers(case: Country, _: Language) -> list[str]:
    """A caution where the comparison rests on few countries."""
    if len(case.peers) >= FEW:
        return []
    return [
        _.n(
            "Only {n} peer: read the comparison with care, or choose other peers (parameter peers).",
            "Only {n} peers: read the comparison with care, or choose other peers (parameter peers).",
            len(case.peers),
        )
    ]


def changes(case: Country, _: Language) -> pd.DataFrame:
    words = {
        "surely up": _("surely up"),
        "surely down": _("surely down"),
        "not separable": _("not separable"),
        "unchanged": _("unchanged"),
    }
    table = _named(case, case.progress, _)
    return table.assign(
        direction=[words[direction] for direction in table["direction"]],
        band_start=[short_level(case, band, _) for band in table["band_start"]],
        band_end=[short_level(case, band, _) for band in table["band_end"]],
    )


def leaders(case: Country, _: Language) -> pd.DataFrame:
    """The peers in a higher band, a row a domain and band: ``name, level, n, countries``; countries by name."""
    rows = []
    for (node, band), group in case.leaders.groupby(["node", "band"], sort=False, observed=True):
        names = sorted((units.name(peer, _.code) for peer in group["peer"]), key=_.key)
        rows.append((node, band, short_level(case, band, _), len(names), _.join(names)))
    table = pd.DataFrame(rows, columns=["node", "band", "level", "n", "countries"])
    return _named(case, case.in_order(table.sort_values("band", ascending=False, kind="stable")), _)


def leaders_text(case: Country, _: Language) -> str:
    if case.leaders.empty:
        return _("No peer is in a higher band in any domain.")
    domains = list(dict.fromkeys(case.leaders["node"]))
    return _(
        "In {domains}, peers reach a higher level: theirs is the experience to ask for. Countries are listed by name, not by score; the figures tell that a policy is reported, not how well it works."
    ).format(domains=_.join(node_name(case, node, _) for node in domains))


def firmness_text(case: Country, _: Language) -> str:
    """The overall level with its probability, or that none is firm."""
    whole = firm_bands(case.firmness).set_index("node").loc[OVERALL]
    share = _.percent(100 * whole["probability"])
    if pd.isna(whole["band"]):
        return _("No overall level is likelier than {least}: the published one hangs on choices and single answers.").format(
            least=_.percent(100 * LEAST)
        )
    published = case.own(case.bands_then).set_index("node").at[OVERALL, "band"]
    if whole["band"] == published:
        return _("Overall, {level} holds in {share} of the draws.").format(level=level(case, published, _), share=share)
    return _("Overall, {level} is published, but {other} comes out in {share} of the draws: the level is not firm.").format(
        level=level(case, published, _), other=level(case, whole["band"], _), share=share
    )


def firmness_note(_: Language) -> str:
    u = Uncertainty()
    return _(
        "{draws} draws. Uncertain, by our own choice: domain weights (equal, with a standard deviation of 5 percentage points), arithmetic or geometric mean of the domains, an answer wrong in {error} of cases, the cuts of the whole up to {cuts} points higher or lower, and the score within its range. Seed {seed}."
    ).format(draws=_.number(u.draws), error=_.percent(100 * u.item_error), cuts=_.number(u.cuts), seed=u.seed)


def movers(case: Country | Evidence, _: Language) -> pd.DataFrame:
    """The movers, a row a domain and step: ``name, from, to, n, countries``."""
    rows = []
    for (node, start, end), group in case.movers.groupby(["node", "band_from", "band_to"], sort=False, observed=True):
        names = sorted((units.name(mover, _.code) for mover in group["mover"]), key=_.key)
        rows.append((node, short_level(case, start, _), short_level(case, end, _), len(names), _.join(names)))
    return _named(case, pd.DataFrame(rows, columns=["node", "from", "to", "n", "countries"]), _)


def limits(_: Language) -> str:
    """What the published figures cannot tell."""
    return _(
        "The figures tell the existence of policies as reported by governments, not their implementation or effect. Large swings between rounds also show noise in answering."
    )


def left_out(contradicting: Sequence[str], _: Language) -> dict[str, str]:
    """An entry of the method for country-years that were left out; none where all figures are sound."""
    said = _("Country-years whose levels contradict each other were left out: {list}").format(list=" ".join(contradicting))
    return {_("Left out"): said} if contradicting else {}


def method(case: Country, _: Language) -> dict[str, str]:
    """Method and limits, in terms of this report."""
    entries = {
        _("Scores"): _(
            "Each domain is the mean of five items, the whole that of 30. Only levels 1 to 4 are published (cuts at 40, 80 and 100, closed on the left). The range of a score is exact: all totals that fit the levels of the domains and of the whole together."
        ),
        _("Comparison"): _(
            "Surely above or below means that the two ranges do not touch. The median of the peers is given as the range it must lie in. There are no ranks."
        ),
        _("Missing answers"): _(
            "An item without an answer counts as no (official rule). Item non-response of 10 per cent or more is flagged for 2019; for 2021 it is not published."
        ),
        _("Limits"): limits(_),
        _("Mapping to MiGOF"): _("Domains 1 to 3 are the principles P1 to P3, domains 4 to 6 the objectives O1 to O3 (stated by the metadata)."),
        _("Translation"): _("No official French or Spanish wording of the four levels was found: it is our own translation."),
    }
    return entries | left_out(case.contradicting, _)


def sources(_: Language) -> list[dict[str, str]]:
    return [
        {
            "title": _("Global SDG Indicators Database, series SG_CPA_MIGRS (indicator 10.7.2)"),
            "publisher": _("United Nations Statistics Division; custodians UN DESA Population Division and International Organization for Migration"),
            "note": _("Rounds 12 (2019) and 13 (2021) of the United Nations Inquiry among Governments on Population and Development."),
        },
        {
            "title": _("SDG indicator metadata, 10.7.2"),
            "publisher": _("UN DESA Population Division and International Organization for Migration"),
            "year": "2021",
        },
        {
            "title": _("Migration Governance Framework, C/106/40 and Resolution No. 1310"),
            "publisher": _("International Organization for Migration, Council"),
            "year": "2015",
        },
        {
            "title": _("Country names and M49 regions; World Bank income groups, by way of hdx-python-country"),
            "publisher": _("United Nations Statistics Division; World Bank; OCHA"),
        },
    ]


def cited(_: Language) -> str:
    return _("Figures: United Nations, Global SDG Indicators Database, series SG_CPA_MIGRS")
