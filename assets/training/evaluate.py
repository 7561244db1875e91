"""
Makes the quality table of a model card, and a JSON document with the figures of every stack beside it.

    python3 evaluate.py PACKAGE --spacing 2.4 --simulated TITLE=FOLDER… [--rival NAME=PACKAGE…] [--real VOLUME.json]

Each FOLDER holds simulated volumes of seeds that training never saw, and gets a table. Inputs are three noisy
planes `--spacing` um apart, targets all planes between them. The tables are written into PACKAGE/README.md
between its marker comments, the figures into PACKAGE/quality.json.

A rival is another package scored on the same planes, such as `--rival "Deep-Z, one input=PACKAGE"`.
"""

import argparse
import json
from pathlib import Path

import numpy
import torch

import safetensors
from beadWidths import bead_widths
from evaluation import (
    INTERPOLATIONS,
    fitted_case,
    interpolation_cases,
    network_case,
    score_real,
    score_volume,
    simulated_inputs,
    spectral_case,
    usual_inputs,
)
from graphModule import GraphModule, load_graph
from modelCard import markdown_table, put_into_card, split_card
from simulatedVolume import read_volume
from spectralInterpolation import read_interpolation

# Our network with one, two and three inputs, the nearest last, and with the nearest first or as measured.
OURS = {
    "network": (3, "nearestLast"),
    "twoInputs": (2, "nearestLast"),
    "oneInput": (1, "nearestLast"),
    "nearestFirst": (3, "nearestFirst"),
}
WORDS = {
    "nearest": "nearest plane",
    "linear": "linear interpolation",
    "cubic": "cubic interpolation",
    "spectral": "spectral interpolation alone, three inputs",
    "layers": "fitted layers of light alone, three inputs",
    "grains": "fitted grains of light alone, three inputs",
    "points": "fitted balls of light alone, three inputs",
    "network": "**this network, three inputs**",
    "alone": "**this network, one input**",
    "twoInputs": "two inputs",
    "oneInput": "one input",
    "nearestFirst": "three inputs, nearest first",
}
REAL_INPUTS, REAL_FIRST, REAL_LAST = [8, 20, 32], 5, 35


def load_network(package, device="cpu"):
    network = GraphModule(load_graph(Path(package) / "graph.json")).eval()
    network.load_named_weights(safetensors.load(Path(package) / "weights.safetensors"))
    network.interpolation = read_interpolation(package)
    fits = Path(package) / "specimenFit.json"
    network.fits = json.loads(fits.read_text()) if fits.exists() else []
    return network.to(device)


def all_cases(options):
    """Everything that is scored, by name: interpolations, our network in four ways, rivals."""
    network = load_network(options.package, options.device)
    ours = {"network": (1, "nearestLast")} if usual_inputs(network) == 1 else OURS
    cases = interpolation_cases()
    if network.interpolation:
        cases["spectral"] = spectral_case(network.interpolation)
    cases.update({fit["model"]: fitted_case(fit["model"]) for fit in network.fits})
    cases.update({name: network_case(network, *how) for name, how in ours.items()})
    for rival in options.rival:
        name, package = rival.split("=", 1)
        cases[name] = network_case(load_network(package, options.device))
    return cases


def score_stacks(cases, folder, spacing_um, stride):
    """Figures of each stack: scores of each case, and widths of the beads that it holds."""
    stacks = []
    for path in sorted(Path(folder).glob("volume-*[0-9].json")):
        volume, about = read_volume(path), path.read_text()
        entry = {"stack": path.stem, "scores": score_volume(cases, volume, spacing_um, stride)}
        if '"beads"' in about:
            entry["beadFwhmPx"] = bead_widths(volume, cases, *simulated_inputs(volume, spacing_um))
        stacks.append(entry)
    if not stacks:
        raise SystemExit(f"{folder} holds no volumes.")
    return stacks


def summarise(cases, stacks, spacing_um, stride):
    """Means over stacks, each of the mean over its planes; gains over the best interpolation."""
    mean = lambda name, figure: float(numpy.mean([s["scores"][name][figure] for s in stacks]))
    figures = ("psnr", "psnrNoisy", "mae")
    means = {name: {figure: mean(name, figure) for figure in figures} for name in cases}
    best = max(means[name]["psnr"] for name in INTERPOLATIONS)
    gains = [
        stack["scores"]["network"]["psnr"]
        - max(stack["scores"][name]["psnr"] for name in INTERPOLATIONS)
        for stack in stacks
    ]
    for name in cases:
        means[name]["gain"] = means[name]["psnr"] - best
    beads = [bead for stack in stacks for bead in stack.get("beadFwhmPx", [])]
    summary = {"stacks": len(stacks), "spacingUm": spacing_um, "stride": stride}
    summary.update(means=means, gains=gains)
    return {**summary, "beads": summarise_beads(beads)} if beads else summary


def summarise_beads(beads):
    """Median width of each case over the beads that could be fitted, as a share of the truth's."""
    sound = [bead for bead in beads if numpy.isfinite([bead["truth"], bead["network"]]).all()]
    ratio = lambda name: [bead[name] / bead["truth"] for bead in sound if numpy.isfinite(bead[name])]
    names = [name for name in beads[0] if name != "truth"]
    ratios = {name: float(numpy.median(ratio(name))) for name in names if ratio(name)}
    return {"found": len(beads), "fitted": len(sound), "fwhmOverTruth": ratios}


def words_of(name, summary):
    """What a table calls a case; a network of one input has no other ways."""
    alone = name == "network" and "oneInput" not in summary["means"]
    return WORDS.get("alone" if alone else name, name)


def card_text(summary):
    means, beads = summary["means"], summary.get("beads")
    head = ["", "PSNR, noise-free truth (dB)", "over the best interpolation (dB)", "PSNR, noisy planes (dB)"]
    ratios = beads["fwhmOverTruth"] if beads else {}
    rows = []
    for name, figures in means.items():
        row = [words_of(name, summary), *(f"{figures[key]:.2f}" for key in ("psnr", "gain", "psnrNoisy"))]
        row += [f"{ratios[name]:.3f}" if name in ratios else ""] if beads else []
        rows.append(row)
    head += ["lateral FWHM of beads / truth's, median"] if beads else []
    gains = summary["gains"]
    planes = "all planes" if summary["stride"] == 1 else f"one in {summary['stride']} of the planes"
    notes = (
        f"Mean over {summary['stacks']} simulated stacks and {planes} between inputs {summary['spacingUm']} um apart. "
        f"Gain over the best interpolation of each single stack: {min(gains):.1f} to {max(gains):.1f} dB."
    )
    if beads:
        notes += f" Beads in focus between the inputs: {beads['fitted']} of {beads['found']} could be fitted."
    return f"{markdown_table(head, rows)}\n\n{notes}"


def real_scores(network, path):
    """A measured stack: mean PSNR against its noisy planes and in how many the network is better."""
    volume, report = read_volume(path), {}
    place = (volume, REAL_INPUTS, REAL_FIRST, REAL_LAST)
    for name, fit in (("afterAffineFit", True), ("plain", False)):
        targets, scores = score_real(network, *place, fit=fit)
        report[name] = {method: float(numpy.mean(values)) for method, values in scores.items()}
        for rival in INTERPOLATIONS:
            won = sum(a > b for a, b in zip(scores["network"], scores[rival]))
            report[name][f"betterThan{rival.capitalize()}"] = f"{won}/{len(targets)}"
    return report


def without_nan(value):
    """The same with null, which JSON has, in place of NaN, which it has not."""
    if isinstance(value, dict):
        return {key: without_nan(part) for key, part in value.items()}
    if isinstance(value, list):
        return [without_nan(part) for part in value]
    return None if isinstance(value, float) and numpy.isnan(value) else value


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("package")
    parser.add_argument("--simulated", action="append", required=True, metavar="TITLE=FOLDER")
    parser.add_argument("--rival", action="append", default=[], metavar="NAME=PACKAGE")
    parser.add_argument("--spacing", type=float, required=True, help="between inputs, in um")
    parser.add_argument("--stride", type=int, default=1, help="score every n-th plane")
    parser.add_argument("--real", help="volume-N.json of a measured stack, beside the table")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    package = Path(options.package)
    split_card(package / "README.md")  # Complains before the work rather than after it.
    cases = all_cases(options)
    sets = {}
    for title, folder in (named.split("=", 1) for named in options.simulated):
        stacks = score_stacks(cases, folder, options.spacing, options.stride)
        sets[title] = {"summary": summarise(cases, stacks, options.spacing, options.stride), "stacks": stacks}
    report = {"sets": sets}
    if options.real:
        network = load_network(options.package, options.device)
        report["real"] = real_scores(network, options.real)
    summaries = {title: figures["summary"] for title, figures in sets.items()}
    print(json.dumps({**summaries, "real": report.get("real")}, indent=1))
    (package / "quality.json").write_text(json.dumps(without_nan(report), indent=1) + "\n")
    texts = [f"**{title}**\n\n{card_text(summary)}" for title, summary in summaries.items()]
    put_into_card(package / "README.md", "\n\n".join(texts))


if __name__ == "__main__":
    main()
