"""Runs of assets/training on tiny volumes: reproducible, resumable, and each recipe takes its steps."""

import json
import sys
import tempfile
import unittest
from pathlib import Path

import numpy
import torch

sys.path.insert(0, "assets/training")
import safetensors  # noqa: E402
import train  # noqa: E402
from graphModule import VolumeConvolution  # noqa: E402
from recipes import RECIPES  # noqa: E402
from schedule import learning_rate  # noqa: E402

GRAPHS = Path(sys.argv.pop())


def write_volume(folder, seed, shape=(21, 40, 44)):
    random = numpy.random.default_rng(seed)
    z, y, x = numpy.indices(shape)
    clean = numpy.zeros(shape)
    for _ in range(12):
        centre = random.uniform(0, 1, 3) * shape
        width = 1.5 + 0.2 * numpy.abs(z - centre[0])
        distance = (y - centre[1]) ** 2 + (x - centre[2]) ** 2
        clean += 400 / width**2 * numpy.exp(-distance / (2 * width**2))
    clean += 100
    (folder / f"{seed}.noisy").write_bytes(random.poisson(clean).astype("<u2").tobytes())
    (folder / f"{seed}.clean").write_bytes(clean.astype("<f4").tobytes())
    about = {
        "shape": shape,
        "noisy": {"file": f"{seed}.noisy", "type": "uint16"},
        "clean": {"file": f"{seed}.clean", "type": "float32"},
        "zStepUm": 0.4,
    }
    (folder / f"volume-{seed}.json").write_text(json.dumps(about))


class Training(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        for name, seeds in (("data", (1, 2, 3)), ("validation", (8,))):
            (self.folder / name).mkdir()
            for seed in seeds:
                write_volume(self.folder / name, seed)

    def run_training(self, name, *options, graph="recurrent-mz"):
        train.main(
            [
                *[str(GRAPHS / f"{graph}.json"), "--run", str(self.folder / name), "--threads", "1"],
                *["--data", str(self.folder / "data"), "--crop", "24", "--batch", "2"],
                *["--validation", str(self.folder / "validation"), "--log-every", "1", *options],
            ]
        )
        weights = safetensors.load(self.folder / name / "weights.safetensors")
        return {key: value.numpy() for key, value in weights.items()}

    def checkpoint(self, name):
        return torch.load(self.folder / name / "checkpoint.pt")["trainer"]["parts"]["generator"]

    def assert_equal_weights(self, one, other):
        self.assertEqual(one.keys(), other.keys())
        for key in one:
            numpy.testing.assert_array_equal(one[key], other[key], key)

    def test_the_same_seed_gives_the_same_weights_bit_for_bit(self):
        first = self.run_training("first", "--steps", "6")
        self.assert_equal_weights(first, self.run_training("second", "--steps", "6"))
        other = self.run_training("other", "--steps", "6", "--seed", "2")
        self.assertTrue(any((first[key] != other[key]).any() for key in first))

    def test_an_interrupted_run_ends_as_if_it_had_not_been(self):
        against = str(GRAPHS / "recurrent-mz-discriminator.json")
        paper = ("--recipe", "recurrent-mz-paper", "--discriminator", against, "--rate", "1e-3")
        self.run_training("whole", *paper, "--steps", "4")
        self.run_training("parts", *paper, "--steps", "2")
        torch.manual_seed(12345)
        self.run_training("parts", *paper, "--steps", "4")
        self.assert_equal_weights(self.checkpoint("whole"), self.checkpoint("parts"))

    def test_training_lowers_the_loss_and_keeps_the_best_weights(self):
        self.run_training("run", "--steps", "60", "--validate-every", "20")
        lines = [json.loads(line) for line in (self.folder / "run/log.jsonl").read_text().splitlines()]
        losses = [line["berhu"] for line in lines if "berhu" in line]
        self.assertEqual(len(losses), 60)
        self.assertLess(numpy.mean(losses[-10:]), 0.9 * numpy.mean(losses[:10]))
        self.assertEqual(len([line for line in lines if "network" in line]), 3)

    def test_kernels_are_saved_in_half_precision_and_statistics_are_not(self):
        weights = self.run_training("run", "--steps", "1")
        for name, value in weights.items():
            expected = numpy.float16 if value.ndim > 1 else numpy.float32
            self.assertEqual(value.dtype, expected, name)

    def test_every_recipe_takes_its_steps_with_every_network(self):
        for recipe, graph, against in (
            ("deep-z-paper", "deep-z", "deep-z-discriminator"),
            ("wfcon-losses", "unet-3d", "deep-z-discriminator"),
            ("anchored-one-input", "deep-z", None),
        ):
            options = ("--discriminator", str(GRAPHS / f"{against}.json")) if against else ()
            run = f"{recipe}-{graph}"
            weights = self.run_training(run, "--recipe", recipe, *options, "--steps", "1", graph=graph)
            self.assertTrue(all(numpy.isfinite(value).all() for value in weights.values()))
            first = json.loads((self.folder / run / "log.jsonl").read_text().splitlines()[0])
            self.assertLessEqual(RECIPES[recipe].losses.keys(), first.keys())

    def test_a_recipe_without_its_discriminator_is_refused(self):
        with self.assertRaisesRegex(ValueError, "recurrent-mz-discriminator"):
            self.run_training("run", "--recipe", "recurrent-mz-paper", "--steps", "1")


class Schedule(unittest.TestCase):
    def test_warms_up_and_falls_along_a_cosine_to_one_percent(self):
        recipe = RECIPES["anchored"]
        rate = lambda step, progress: learning_rate(recipe, recipe.rate, step, progress)
        self.assertAlmostEqual(rate(0, 0), 1.5e-5)
        self.assertAlmostEqual(rate(99, 0), 1.5e-3)
        self.assertAlmostEqual(rate(5000, 0.5), 0.75e-3)
        self.assertAlmostEqual(rate(9999, 1), 1.5e-5)

    def test_papers_rates_stay(self):
        recipe = RECIPES["deep-z-paper"]
        self.assertEqual(learning_rate(recipe, 1e-4, 0, 0), 1e-4)
        self.assertEqual(learning_rate(recipe, 1e-4, 10**6, 0.9), 1e-4)


class Volume(unittest.TestCase):
    def test_a_convolution_over_planes_is_pytorchs_own_in_3d(self):
        torch.manual_seed(3)
        layer = VolumeConvolution(3, 5, 3)
        planes = torch.randn(4, 2, 3, 7, 9)
        own = layer(planes.flatten(0, 1), 2).unflatten(0, (4, 2))
        volume = planes.permute(1, 2, 0, 3, 4)
        expected = torch.nn.functional.conv3d(volume, layer.weight, layer.bias, padding=1)
        torch.testing.assert_close(own, expected.permute(2, 0, 1, 3, 4), rtol=1e-5, atol=1e-6)


if __name__ == "__main__":
    unittest.main()
