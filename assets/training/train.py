"""
Trains the network of a graph.json on simulated volumes. The architecture is read as data.

    python3 train.py PACKAGE --data FOLDER… --validation FOLDER --run FOLDER [--minutes 45]

The run folder receives `checkpoint.pt` (training goes on from it), `weights.safetensors` (averaged
weights, the ones to ship) and `log.jsonl`. Volumes of `--validation` are only looked
at; volumes that appear later in either folder are picked up.
"""

import argparse
import copy
import json
import math
import time
from pathlib import Path

import torch

import safetensors
from evaluation import score_real, score_simulated
from graphModule import GraphModule, load_graph
from trainingData import BatchMaker, paper_normalisation, read_volume

PEAK_RATE = 1.5e-3
WARM_UP_STEPS = 100
GRADIENT_LIMIT = 1.0
AVERAGE_DECAY = 0.998
BERHU_LIMIT = 0.1


def berhu(difference, limit=BERHU_LIMIT):
    """|d| up to `limit`, then (d^2 + limit^2) / (2 limit); mean over all samples."""
    size = difference.abs()
    return torch.where(size <= limit, size, (size**2 + limit**2) / (2 * limit)).mean()


def learning_rate(step, progress):
    """Warm-up by steps, then a cosine over the time that the run has."""
    cosine = 0.5 * (1 + math.cos(math.pi * min(progress, 1.0)))
    return PEAK_RATE * min(1.0, (step + 1) / WARM_UP_STEPS) * max(cosine, 0.01)


def average_into(average, network, step):
    """Exponential average of the weights and of the batch statistics; short memory at first."""
    decay = min(AVERAGE_DECAY, (1 + step) / (10 + step))
    with torch.no_grad():
        for mean, value in zip(average.state_dict().values(), network.state_dict().values()):
            if mean.dtype.is_floating_point:
                mean.lerp_(value, 1 - decay)


class Run:
    def __init__(self, options):
        self.options = options
        self.folder = Path(options.run)
        self.folder.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(options.seed)
        self.network = GraphModule(load_graph(Path(options.package) / "graph.json"))
        with torch.no_grad():
            # An untrained network starts close to its anchor.
            self.network.parts["prediction"].weight.mul_(0.1)
        self.average = copy.deepcopy(self.network).eval()
        self.optimiser = torch.optim.Adam(self.network.parameters(), PEAK_RATE)
        self.step, self.elapsed_s = 0, 0.0
        self.volumes, self.validation = {}, {}
        if (self.folder / "checkpoint.pt").exists():
            self.resume()

    def resume(self):
        saved = torch.load(self.folder / "checkpoint.pt")
        self.network.load_state_dict(saved["network"])
        self.average.load_state_dict(saved["average"])
        self.optimiser.load_state_dict(saved["optimiser"])
        self.step, self.elapsed_s = saved["step"], saved["elapsedS"]

    def save(self):
        temporary = self.folder / "checkpoint.tmp"
        state = {
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "elapsedS": self.elapsed_s,
        }
        torch.save(state, temporary)
        temporary.replace(self.folder / "checkpoint.pt")
        safetensors.save(self.folder / "weights.tmp", self.average.named_weights())
        (self.folder / "weights.tmp").replace(self.folder / "weights.safetensors")

    def log(self, **entry):
        entry = {"step": self.step, "minutes": round(self.elapsed_s / 60, 2), **entry}
        line = json.dumps({k: round(v, 4) if isinstance(v, float) else v for k, v in entry.items()})
        print(line, flush=True)
        with open(self.folder / "log.jsonl", "a") as file:
            file.write(line + "\n")

    def look_for_volumes(self):
        options = self.options
        folders = [(folder, self.volumes) for folder in options.data]
        for folder, volumes in [*folders, (options.validation, self.validation)]:
            for path in sorted(Path(folder).glob("volume-*.json")):
                if str(path) not in volumes:
                    volumes[str(path)] = read_volume(path)

    def train_step(self, batches, progress):
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate(self.step, progress)
        inputs, targets = (torch.from_numpy(array) for array in batches.next())
        loss = berhu(self.network(inputs) - targets)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), GRADIENT_LIMIT)
        self.optimiser.step()
        average_into(self.average, self.network, self.step)
        self.step += 1
        return loss.item()

    def validate(self):
        started = time.monotonic()
        entry = {"volumes": len(self.volumes), "heldOut": len(self.validation)}
        if self.validation:
            scores = score_simulated(self.average, list(self.validation.values())[:12], stride=5)
            entry.update({name: value for name, value in scores.items()})
        if self.options.real:
            entry.update(self.validate_real())
        self.log(**entry, validationS=time.monotonic() - started)

    def validate_real(self):
        """A measured stack, given as a .npy file of planes (z, y, x); it is never trained on."""
        import numpy

        stack = numpy.load(self.options.real).astype("f8")
        offset, scale = paper_normalisation(stack)
        stack = ((stack - offset) / scale).astype("f4")
        _, scores = score_real(self.average, stack, 0.3, [8, 20, 32], 5, 35, stride=2)
        pairs = list(zip(scores["network"], scores["linear"]))
        return {
            "realNetwork": sum(a for a, _ in pairs) / len(pairs),
            "realLinear": sum(b for _, b in pairs) / len(pairs),
            "realBetter": f"{sum(a > b for a, b in pairs)}/{len(pairs)}",
        }

    def run(self):
        options = self.options
        self.look_for_volumes()
        batches = BatchMaker(list(self.volumes.values()), options.seed + self.step, options.batch)
        loss_sum, loss_count = 0.0, 0
        while self.elapsed_s < options.minutes * 60:
            started = time.monotonic()
            loss_sum += self.train_step(batches, self.elapsed_s / (options.minutes * 60))
            loss_count += 1
            self.elapsed_s += time.monotonic() - started
            if self.step % options.log_every == 0:
                self.log(loss=loss_sum / loss_count)
                loss_sum, loss_count = 0.0, 0
                self.save()
                self.look_for_volumes()
                batches.volumes = list(self.volumes.values())
            if self.step % options.validate_every == 0:
                self.validate()
        self.save()
        self.validate()


def main():
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("package", help="folder with graph.json")
    parser.add_argument("--data", required=True, nargs="+", help="volumes of makeTrainingData.ts")
    parser.add_argument("--validation", required=True, help="volumes of other seeds")
    parser.add_argument("--run", required=True)
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--batch", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--validate-every", type=int, default=500)
    parser.add_argument("--log-every", type=int, default=50)
    parser.add_argument("--real", help="a measured stack to judge by (.npy), never to train on")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    Run(options).run()


if __name__ == "__main__":
    main()
