"""
Scores a model package beside interpolation in z and prints one JSON document.

    python3 evaluate.py PACKAGE --simulated FOLDER [--real STACK.npy --real-step-um 0.3]

FOLDER holds volumes of makeTrainingData.ts of seeds that training never saw; the truth is their noise-free
plane, and the PSNR counts against the 99th percentile of the stack's foreground.
"""

import argparse
import json
from pathlib import Path

import numpy
import torch

import safetensors
from evaluation import METHODS, reconstruct, psnr, score_real, score_volume, simulated_inputs
from graphModule import GraphModule, load_graph
from trainingData import paper_normalisation, read_volume

SPACING_UM = 3.6
REAL_INPUTS, REAL_FIRST, REAL_LAST = [8, 20, 32], 5, 35


def load_network(package):
    network = GraphModule(load_graph(Path(package) / "graph.json")).eval()
    with torch.no_grad():
        network.load_named_weights(safetensors.load(Path(package) / "weights.safetensors"))
    return network


def simulated_scores(network, folder, stride):
    """Each method's mean PSNR over volumes (of the means over unseen planes), and what depends on it."""
    means = {method: [] for method in METHODS}
    for path in sorted(Path(folder).glob("volume-*.json")):
        volume = read_volume(path)
        inputs, targets = simulated_inputs(volume, SPACING_UM)
        scores = score_volume(network, volume, inputs, targets[stride // 2 :: stride])
        for method in METHODS:
            means[method].append(float(numpy.mean(scores[method])))
    result = {method: float(numpy.mean(values)) for method, values in means.items()}
    best = numpy.max([means[method] for method in METHODS if method != "network"], 0)
    gains = numpy.array(means["network"]) - best
    result["gainOverBest"] = result["network"] - max(result[m] for m in METHODS if m != "network")
    result["gainPerVolume"] = [round(float(gain), 2) for gain in gains]
    return result


def order_and_count_scores(network, folder, stride):
    """PSNR with the nearest input last and first, and with one, two and three inputs."""
    sums = {"nearestLast": [], "nearestFirst": [], "one": [], "two": [], "three": []}
    for path in sorted(Path(folder).glob("volume-*.json")):
        volume = read_volume(path)
        z_um = numpy.arange(len(volume.noisy)) * volume.step_um
        inputs, targets = simulated_inputs(volume, SPACING_UM)
        for target in targets[stride // 2 :: stride]:
            near = sorted(inputs, key=lambda z: abs(target - z))
            truth = volume.clean[target]

            def score(planes, order="nearestLast"):
                image = reconstruct(network, volume.noisy, z_um, planes, z_um[target], order)
                return psnr(image, truth)

            sums["nearestLast"].append(score(inputs))
            sums["nearestFirst"].append(score(inputs, near))
            sums["one"].append(score(near[:1]))
            sums["two"].append(score(near[:2]))
            sums["three"].append(sums["nearestLast"][-1])
    return {name: float(numpy.mean(values)) for name, values in sums.items()}


def real_scores(network, path, step_um):
    stack = numpy.load(path).astype("f8")
    offset, scale = paper_normalisation(stack)
    stack = ((stack - offset) / scale).astype("f4")
    report = {}
    for name, fit in (("afterAffineFit", True), ("plain", False)):
        targets, scores = score_real(network, stack, step_um, REAL_INPUTS, REAL_FIRST, REAL_LAST, fit)
        rivals = [m for m in METHODS if m != "network"]
        report[name] = {method: float(numpy.mean(scores[method])) for method in METHODS}
        for rival in rivals:
            won = sum(a > b for a, b in zip(scores["network"], scores[rival]))
            report[name][f"betterThan{rival.capitalize()}"] = f"{won}/{len(targets)}"
    return report


def main():
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("package")
    parser.add_argument("--simulated", required=True)
    parser.add_argument("--stride", type=int, default=1, help="score every n-th unseen plane")
    parser.add_argument("--real")
    parser.add_argument("--real-step-um", type=float, default=0.3)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    network = load_network(options.package)
    report = {"simulated": simulated_scores(network, options.simulated, options.stride)}
    report["inputs"] = order_and_count_scores(network, options.simulated, 4 * options.stride)
    if options.real:
        report["real"] = real_scores(network, options.real, options.real_step_um)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
