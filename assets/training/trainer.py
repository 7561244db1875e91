"""One training run: networks, optimisers, random states, and how to go on from where it stopped."""

import copy
from pathlib import Path

import numpy
import torch

from generatorLoss import GeneratorLoss
from graphModule import GraphModule
from losses.leastSquares import discriminator_loss
from schedule import learning_rate
from weightAverage import WeightAverage
from widenWeights import widened


class Trainer:
    """
    Trains `graph` by a recipe, against `discriminator_graph` where the recipe wants one. From the same seed
    and the same volumes the same steps follow, bit for bit on a CPU with as many threads, whether or not
    the run was interrupted between them. On a GPU networks compute in bfloat16 where that is safe.
    """

    def __init__(self, recipe, graph, discriminator_graph, batches, seed, device):
        self.recipe, self.batches, self.device = recipe, batches, torch.device(device)
        torch.manual_seed(seed)
        self.generator = GraphModule(graph).to(self.device).train()
        if recipe.fixed_statistics:
            self.generator.fix_statistics()
        self.generator.interpolation, self.generator.fits = batches.interpolation, batches.fits
        self.average = copy.deepcopy(self.generator).eval()
        self.averaging = WeightAverage(self.average, self.generator, recipe.average_decay)
        self.generator_optimiser = torch.optim.Adam(parameter_groups(self.generator), recipe.rate)
        self.discriminator, self.discriminator_optimiser = None, None
        if recipe.discriminator is not None:
            if discriminator_graph is None or discriminator_graph["name"] != recipe.discriminator:
                raise ValueError(f'This recipe needs the graph of "{recipe.discriminator}".')
            self.discriminator = GraphModule(discriminator_graph).to(self.device).train()
            self.discriminator_optimiser = torch.optim.Adam(
                self.discriminator.parameters(), recipe.discriminator_rate
            )
        self.loss = GeneratorLoss(recipe.losses).to(self.device)
        self.step_count = 0

    def start_from(self, weights, fresh_head=False, even_trust=False):
        """
        Begins with the weights of an earlier run, of this graph or a narrower one, instead of random ones; with
        `fresh_head` with its features alone, for networks whose anchor has become another one; with `even_trust` a
        blended network trusts both estimates alike, as the anchored one of that run did, whose anchor was their mean.
        What that run's head does not have begins as it would without.
        """
        own = self.generator.named_weights()
        shapes = {name: value.shape for name, value in own.items()}
        weights = {**{name: own[name] for name in own if in_head(name)}, **weights}
        weights = widened(weights, shapes, torch.Generator().manual_seed(0))
        if fresh_head:
            head = {name: 0.01 * value for name, value in weights.items() if name.startswith("prediction")}
            weights = {**weights, **head}
        if even_trust:
            weights = {**weights, **{name: 0 * weights[name] for name in own if name.startswith("trust")}}
        for network in (self.generator, self.average):
            network.load_named_weights(weights)

    def step(self, progress):
        """One step of the recipe; returns the mean of each term of the losses."""
        recipe, terms = self.recipe, []
        self.set_rates(progress)
        for _ in range(recipe.generator_updates):
            terms.append(self.update_generator())
        for _ in range(recipe.discriminator_updates):
            terms.append(self.update_discriminator())
        self.averaging.update(self.step_count)
        self.step_count += 1
        names = {name for part in terms for name in part}
        return {name: mean([part[name] for part in terms if name in part]) for name in names}

    def set_rates(self, progress):
        for optimiser, rate in (
            (self.generator_optimiser, self.recipe.rate),
            (self.discriminator_optimiser, self.recipe.discriminator_rate),
        ):
            if optimiser is not None:
                now = learning_rate(self.recipe, rate, self.step_count, progress)
                for group in optimiser.param_groups:
                    group["lr"] = now * group.get("faster", 1)

    def update_generator(self):
        inputs, targets = self.next_batch()
        output = self.compute(self.generator, inputs)
        judge = lambda images: self.compute(self.discriminator, images)
        loss, terms = self.loss(output, targets, judge)
        self.descend(self.generator, self.generator_optimiser, loss)
        return {name: term.item() for name, term in terms.items()}

    def update_discriminator(self):
        inputs, targets = self.next_batch()
        with torch.no_grad():
            output = self.compute(self.generator, inputs)
        made = self.compute(self.discriminator, output[None])
        real = self.compute(self.discriminator, targets[None])
        loss = discriminator_loss(made, real)
        self.descend(self.discriminator, self.discriminator_optimiser, loss)
        return {"discriminator": loss.item()}

    def next_batch(self):
        return (torch.from_numpy(array).to(self.device) for array in self.batches.next())

    def compute(self, network, images):
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.device.type == "cuda"):
            return network(images).float()

    def descend(self, network, optimiser, loss):
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        if self.recipe.gradient_limit is not None:
            torch.nn.utils.clip_grad_norm_(network.parameters(), self.recipe.gradient_limit)
        optimiser.step()

    def state(self):
        parts = {name: part.state_dict() for name, part in self.parts().items()}
        random = {"torch": torch.get_rng_state(), "cuda": torch.cuda.get_rng_state_all()}
        place = {"step": self.step_count, "batch": self.batches.position}
        return {"parts": parts, "random": random, **place}

    def restore(self, state):
        for name, part in self.parts().items():
            part.load_state_dict(state["parts"][name])
        self.step_count, self.batches.position = state["step"], state["batch"]
        torch.set_rng_state(state["random"]["torch"])
        torch.cuda.set_rng_state_all(state["random"]["cuda"])

    def parts(self):
        parts = {
            "generator": self.generator,
            "average": self.average,
            "generatorOptimiser": self.generator_optimiser,
            "discriminator": self.discriminator,
            "discriminatorOptimiser": self.discriminator_optimiser,
        }
        return {name: part for name, part in parts.items() if part is not None}


def mean(values):
    return float(numpy.mean(values))


def save_safely(write, path):
    """Writes beside `path` and renames, so that a stop in between leaves the old file."""
    temporary = Path(f"{path}.new")
    write(temporary)
    temporary.replace(path)


# What decides between two estimates are few weights that begin at 0, behind a sigmoid.
TRUST_FASTER = 10


def parameter_groups(network):
    """All parameters; those that decide between estimates learn faster."""
    decide, rest = [], []
    for name, parameter in network.named_parameters():
        (decide if name.startswith("parts.trust.") else rest).append(parameter)
    return [{"params": rest}, *([{"params": decide, "faster": TRUST_FASTER}] if decide else [])]


def in_head(name):
    """Whether a weight belongs to the last convolutions (core/network/anchoredHead.ts, blendedAnchor.ts)."""
    return name.split(".")[0] in ("prediction", "trust")
