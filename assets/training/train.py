"""
Trains the network of a graph.json by a recipe. The architecture is read as data.

    python3 train.py GRAPH.json --data SET --validation FOLDER --run FOLDER --minutes 45
    python3 train.py GRAPH.json --recipe recurrent-mz-paper --discriminator GRAPH.json --steps 50000 …

SET is a folder of makeTrainingSet.ts, which decides the task: numbers and spacing of inputs, targets, crops.

The run folder receives `weights.safetensors` (the best by validation, kernels in half precision: the file
to ship), `checkpoint.pt` and `log.jsonl`; `planeCorrelation.json` where networks see the plane of spectral
interpolation. Started again, a run goes on from its checkpoint exactly as if it had
not been stopped, as long as the set is the same. Volumes of `--validation` are only looked at.
"""

import argparse
import dataclasses
import json
import time
from pathlib import Path

import numpy
import torch

import safetensors
from evaluation import score_real, score_simulated
from graphModule import load_graph
from recipes import RECIPES
from simulatedVolume import read_volume, read_volumes
from trainer import Trainer, save_safely
from trainingSet import TrainingSet

VALIDATION_VOLUMES, VALIDATION_STRIDE = 12, 5
# How --real is judged: its input planes and the planes between which targets lie.
REAL = {"inputs": [8, 20, 32], "first": 5, "last": 35, "stride": 2}


class Run:
    """Steps, logs, validates and saves until the steps or the minutes are over."""

    def __init__(self, options):
        self.options, self.folder = options, Path(options.run)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.recipe = chosen_recipe(options)
        self.validation = read_volumes(options.validation)[:VALIDATION_VOLUMES]
        batches = TrainingSet(options.data, self.recipe.target)
        against = load_graph(options.discriminator) if options.discriminator else None
        graph = load_graph(options.graph)
        self.trainer = Trainer(self.recipe, graph, against, batches, options.seed, device(options))
        if batches.interpolation:
            correlation = json.dumps(batches.interpolation.correlation)
            (self.folder / "planeCorrelation.json").write_text(correlation)
        if batches.fits:
            (self.folder / "specimenFit.json").write_text(json.dumps(batches.fits))
        self.elapsed_s, self.best, self.terms = 0.0, None, []
        if (self.folder / "checkpoint.pt").exists():
            self.restore()
        elif options.start:
            self.trainer.start_from(safetensors.load(options.start), options.fresh_head, options.even_trust)

    def go(self):
        options, trainer = self.options, self.trainer
        while self.progress() < 1:
            started = time.monotonic()
            self.terms.append(trainer.step(self.progress()))
            self.elapsed_s += time.monotonic() - started
            if trainer.step_count % options.log_every == 0:
                self.log_losses()
            if trainer.step_count % self.recipe.validate_every == 0:
                self.validate()
            if trainer.step_count % options.save_every == 0:
                self.save()
        if trainer.step_count % self.recipe.validate_every != 0:
            self.validate()
        self.save()

    def progress(self):
        """Share of the run that is over; by steps the schedule is the same on every machine."""
        if self.options.steps is not None:
            return self.trainer.step_count / self.options.steps
        return self.elapsed_s / (60 * self.options.minutes)

    def validate(self):
        started, network = time.monotonic(), self.trainer.average
        entry = {"heldOut": len(self.validation)}
        if self.validation:
            entry.update(score_simulated(network, self.validation, self.options.spacing, VALIDATION_STRIDE))
        if self.options.real:
            entry.update(self.validate_real(network))
        self.log(**entry, validationS=time.monotonic() - started)
        # Without volumes to judge by, the last weights are kept.
        score = {"psnr": entry.get("network", 0), "mae": -entry.get("mae", 0)}[self.recipe.judge]
        if self.best is None or score >= self.best:
            self.best = score
            weights = safetensors.rounded(network.named_weights())
            path = self.folder / "weights.safetensors"
            save_safely(lambda file: safetensors.save(file, weights), path)

    def validate_real(self, network):
        """A measured stack, described as simulated ones are; it is never trained on."""
        _, scores = score_real(network, read_volume(self.options.real), **REAL)
        pairs = list(zip(scores["network"], scores["linear"]))
        better = sum(ours > linear for ours, linear in pairs)
        ours, linear = (float(numpy.mean(values)) for values in zip(*pairs))
        return {"realNetwork": ours, "realLinear": linear, "realBetter": f"{better}/{len(pairs)}"}

    def log_losses(self):
        names = sorted({name for terms in self.terms for name in terms})
        self.log(**{name: float(numpy.mean([terms[name] for terms in self.terms])) for name in names})
        self.terms = []

    def log(self, **entry):
        minutes = round(self.elapsed_s / 60, 2)
        entry = {"step": self.trainer.step_count, "minutes": minutes, **entry}
        line = json.dumps({k: round(v, 5) if isinstance(v, float) else v for k, v in entry.items()})
        print(line, flush=True)
        with open(self.folder / "log.jsonl", "a") as file:
            file.write(line + "\n")

    def save(self):
        state = {"trainer": self.trainer.state(), "elapsedS": self.elapsed_s, "best": self.best}
        save_safely(lambda file: torch.save(state, file), self.folder / "checkpoint.pt")

    def restore(self):
        state = torch.load(self.folder / "checkpoint.pt", map_location="cpu")
        self.trainer.restore(state["trainer"])
        self.elapsed_s, self.best = state["elapsedS"], state["best"]


def device(options):
    return options.device or ("cuda" if torch.cuda.is_available() else "cpu")


def chosen_recipe(options):
    """The named recipe with what the command line changes of it."""
    changes = {"rate": options.rate, "validate_every": options.validate_every}
    given = {name: value for name, value in changes.items() if value is not None}
    return dataclasses.replace(RECIPES[options.recipe], **given)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("graph", help="graph.json of the network")
    parser.add_argument("--recipe", choices=RECIPES, default="anchored")
    parser.add_argument("--discriminator", help="graph.json of the recipe's discriminator")
    parser.add_argument("--data", required=True, help="folder of makeTrainingSet.ts")
    parser.add_argument("--validation", required=True, help="folder of volumes of other seeds")
    parser.add_argument("--spacing", type=float, default=2.4, help="of validation inputs, in um")
    parser.add_argument("--run", required=True, help="folder of the run")
    length = parser.add_mutually_exclusive_group(required=True)
    length.add_argument("--steps", type=int, help="length of the run, the same on every machine")
    length.add_argument("--minutes", type=float, help="length of the run by the clock")
    parser.add_argument("--start", help="weights.safetensors of this graph, or a narrower one, to begin with")
    parser.add_argument("--fresh-head", action="store_true", help="with --start: the last convolution begins anew")
    parser.add_argument("--even-trust", action="store_true", help="with --start: both estimates count alike at first")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", help="cuda or cpu; cuda where there is one")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rate", type=float, help="instead of the recipe's")
    parser.add_argument("--validate-every", type=int, help="instead of the recipe's")
    parser.add_argument("--log-every", type=int, default=50)
    parser.add_argument("--save-every", type=int, default=250)
    parser.add_argument("--real", help="volume-N.json of a measured stack to judge by, never to train on")
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    Run(options).go()


if __name__ == "__main__":
    main()
