"""Runs of assets/training on tiny volumes: reproducible, resumable, and each recipe takes its steps."""

import json
import struct
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy
import torch

sys.path.insert(0, "assets/training")
import safetensors  # noqa: E402
import train  # noqa: E402
from graphModule import GraphModule, load_graph  # noqa: E402
from graphModule import VolumeConvolution  # noqa: E402
from recipes import RECIPES  # noqa: E402
from scaleCorrection import scaled  # noqa: E402
from schedule import learning_rate  # noqa: E402
from simulatedVolume import read_volumes  # noqa: E402
from trainer import Trainer  # noqa: E402
from trainingSet import TrainingSet  # noqa: E402
from widenWeights import widened  # noqa: E402

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
        "pixelSizeUm": 0.1,
        "options": {"system": {"numericalAperture": 1.4, "immersionIndex": 1.515, "emissionUm": 0.5}},
    }
    (folder / f"volume-{seed}.json").write_text(json.dumps(about))


def write_tiff(file, planes, z_step_um):
    """The least TIFF that states its z step, as ImageJ does: one strip a plane, the first has the description."""
    text = f"ImageJ=1.54f\nimages={len(planes)}\nslices={len(planes)}\nspacing={z_step_um}\nunit=um\n".encode()
    height, width = planes.shape[1:]
    size, text_at = planes[0].nbytes, 8
    data_at = text_at + len(text) + len(text) % 2
    body = text.ljust(data_at - text_at, b"\0") + planes.astype("<u2").tobytes()
    body += b"\0" * (len(body) % 2)
    for z in range(len(planes)):
        tags = [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 16), (259, 3, 1, 1), (262, 3, 1, 1)]
        tags += [(270, 2, len(text), text_at)] if z == 0 else []
        tags += [(273, 4, 1, data_at + z * size), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, size)]
        here, length = 8 + len(body), 2 + 12 * len(tags) + 4
        beyond = here + length if z + 1 < len(planes) else 0
        body += struct.pack("<H", len(tags))
        body += b"".join(struct.pack("<HHII", *tag) for tag in tags) + struct.pack("<I", beyond)
    first = data_at + planes.nbytes
    file.write_bytes(struct.pack("<2sHI", b"II", 42, first + first % 2) + body)


def make_set(folder, *sources, task="recurrent-mz-63x", batches=80):
    script = "assets/training/makeTrainingSet.ts"
    options = ("--task", task, "--side", "40", "--crop", "24", "--batch-size", "2")
    command = ["node", "build/scripts/runTypeScript.mjs", script, *options, "--out", str(folder)]
    command += ["--batches", str(batches), *map(str, sources)]
    subprocess.run(command, check=True, capture_output=True)
    if "mz" in task:
        make_fits("--set", folder)


def make_fits(*options):
    script = "assets/training/makeFittedPlanes.ts"
    command = ["node", "build/scripts/runTypeScript.mjs", script, *map(str, options), "--steps", "3"]
    subprocess.run(command, check=True, capture_output=True)


class WithData(unittest.TestCase):
    """Volumes, and sets for networks of three inputs and of one, made once."""

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.data = Path(temporary.name)
        for name, seeds in (("volumes", (1, 2, 3)), ("validation", (8,))):
            (cls.data / name).mkdir()
            for seed in seeds:
                write_volume(cls.data / name, seed)
        for task in ("recurrent-mz-63x", "deep-z-63x"):
            make_set(cls.data / task, "--simulated", cls.data / "volumes", task=task)
        make_fits("--volumes", cls.data / "validation")


class Data(WithData):
    def test_regions_hold_what_was_measured_and_its_truth_on_one_scale(self):
        batches = TrainingSet(self.data / "recurrent-mz-63x", "clean")
        self.assertGreaterEqual(len(batches.regions), 3)
        volumes = {f"volume-{seed}": v for seed, v in zip((1, 2, 3), read_volumes(self.data / "volumes"))}
        for region, about in zip(batches.regions, batches.about["regions"]):
            cut = numpy.s_[:, about["top"] : about["top"] + 40, about["left"] : about["left"] + 40]
            volume = volumes[about["source"]]
            for made, known in ((region.noisy, volume.noisy), (region.clean, volume.clean)):
                gain, shift = numpy.polyfit(known[cut].ravel(), made.ravel(), 1)
                numpy.testing.assert_allclose(known[cut] * gain + shift, made, atol=1e-4)
                # Both normalise as the papers do, but make all-in-focus images in other ways: in much noise these differ.
                self.assertAlmostEqual(gain, 1, delta=0.5)

    def test_batches_are_the_crops_that_their_lines_name(self):
        batches = TrainingSet(self.data / "recurrent-mz-63x", "clean")
        first = json.loads(batches.batches[0])
        inputs, targets = batches.next()
        # The last images are what a fitted specimen and spectral interpolation make of the others.
        self.assertEqual(inputs.shape, (len(first[0]["inputs"]) + 2, 2, 2, 24, 24))
        self.assertEqual(targets.shape, (2, 1, 24, 24))
        for k, about in enumerate(first):
            region = batches.regions[about["volume"]]
            for m, z in enumerate(about["inputs"]):
                crop = region.noisy[z, about["top"] :, about["left"] :][:24, :24]
                crop = numpy.rot90(crop, about["turns"])
                crop = numpy.flipud(crop) if about["flipped"] else crop
                numpy.testing.assert_allclose(
                    inputs[m, k, 0], crop * about["gain"] + about["shift"], rtol=1e-5, atol=1e-6
                )
                distance = (about["target"] - z) * 0.4 / 10
                numpy.testing.assert_allclose(inputs[m, k, 1], distance, rtol=1e-6)
            numpy.testing.assert_array_equal(inputs[-2:, k, 1], 0)
            target = targets[k, 0].ravel()
            fitted, likely = (numpy.corrcoef(inputs[m, k, 0].ravel(), target)[0, 1] for m in (-2, -1))
            self.assertGreater(likely, numpy.corrcoef(inputs[0, k, 0].ravel(), target)[0, 1])
            self.assertGreater(fitted, 0.3)

    def test_after_the_last_batch_comes_the_first(self):
        batches = TrainingSet(self.data / "deep-z-63x", "noisy")
        first = batches.next()
        for _ in range(79):
            batches.next()
        for one, other in zip(first, batches.next()):
            numpy.testing.assert_array_equal(one, other)

    def test_a_measured_stack_is_the_truth_of_itself(self):
        volume = read_volumes(self.data / "volumes")[0]
        file, out = self.data / "measured.ome.tif", self.data / "measured"
        planes = numpy.round(1000 + 3000 * volume.noisy).clip(0, 65535).astype("uint16")
        write_tiff(file, planes, z_step_um=0.4)
        make_set(out, "--measured", file, task="recurrent-mz-63x", batches=3)
        batches = TrainingSet(out, "clean")
        self.assertEqual(batches.about["regions"][0]["zStepUm"], 0.4)
        for region in batches.regions:
            numpy.testing.assert_array_equal(region.noisy, region.clean)
        self.assertTrue(all(numpy.isfinite(part).all() for part in batches.next()))


class Training(WithData):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)

    def run_training(self, name, *options, graph="recurrent-mz", data="recurrent-mz-63x"):
        train.main(
            [
                *[str(GRAPHS / f"{graph}.json"), "--run", str(self.folder / name), "--threads", "1"],
                *["--data", str(self.data / data), "--log-every", "1"],
                *["--validation", str(self.data / "validation"), *options],
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

    def test_a_second_stage_begins_with_the_weights_of_the_first(self):
        first = self.run_training("first", "--steps", "3")
        start = ("--start", str(self.folder / "first/weights.safetensors"))
        # The first step of the warm-up is too small to be seen in half precision.
        second = self.run_training("second", "--steps", "1", "--rate", "1e-9", *start)
        for name, value in first.items():
            if value.dtype == numpy.float16:
                numpy.testing.assert_allclose(second[name], value, atol=2e-3, err_msg=name)

    def test_a_blended_network_begins_by_computing_what_an_anchored_one_does(self):
        anchored = GraphModule(load_graph(GRAPHS / "recurrent-mz.json")).eval()
        batches = TrainingSet(self.data / "recurrent-mz-63x", "clean")
        trainer = Trainer(RECIPES["anchored"], load_graph(GRAPHS / "blended.json"), None, batches, 1, "cpu")
        trainer.start_from(anchored.named_weights(), even_trust=True)
        images = torch.rand(4, 2, 2, 21, 34, generator=torch.Generator().manual_seed(1))
        # Two estimates at the target itself, whose mean is the anchor.
        images[-2:, :, 1] = 0
        with torch.no_grad():
            torch.testing.assert_close(trainer.average(images), anchored(images), rtol=1e-4, atol=1e-5)

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
            ("anchored", "deep-z", None),
        ):
            data = "deep-z-63x" if graph == "deep-z" else "recurrent-mz-63x"
            options = ("--discriminator", str(GRAPHS / f"{against}.json")) if against else ()
            run = f"{recipe}-{graph}"
            options = ("--recipe", recipe, *options, "--steps", "1")
            weights = self.run_training(run, *options, graph=graph, data=data)
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


class Widening(unittest.TestCase):
    def test_a_wider_network_begins_by_computing_what_the_narrow_one_does(self):
        for wider in ("recurrent-mz-half-wider", "recurrent-mz-wide"):
            self.compare(wider)

    def compare(self, wider):
        narrow = GraphModule(load_graph(GRAPHS / "recurrent-mz.json")).eval()
        wide = GraphModule(load_graph(GRAPHS / f"{wider}.json")).eval()
        shapes = {name: value.shape for name, value in wide.named_weights().items()}
        random = torch.Generator().manual_seed(1)
        wide.load_named_weights(widened(narrow.named_weights(), shapes, random))
        images = torch.rand(3, 2, 2, 21, 34, generator=random)
        with torch.no_grad():
            torch.testing.assert_close(wide(images), narrow(images), rtol=1e-4, atol=1e-5)
        kernel = wide.named_weights()["encoder1.second.conv.weight"]
        self.assertFalse(torch.allclose(kernel[:, 0], kernel[:, 1]))

    def test_a_narrower_network_is_refused(self):
        with self.assertRaisesRegex(ValueError, "6 channels cannot become 4"):
            widened({"bias": torch.ones(6)}, {"bias": (4,)}, torch.Generator())


class Correction(unittest.TestCase):
    def output(self, weights, images):
        network = GraphModule(load_graph(GRAPHS / "recurrent-mz.json")).eval()
        network.load_named_weights(weights)
        with torch.no_grad():
            return network(images)

    def test_a_share_of_it_lies_as_far_between_the_anchor_and_all_of_it(self):
        torch.manual_seed(4)
        weights = GraphModule(load_graph(GRAPHS / "recurrent-mz.json")).named_weights()
        images = torch.rand(3, 2, 2, 20, 24)
        anchor, quarter, whole = (self.output(scaled(weights, share), images) for share in (0, 0.25, 1))
        self.assertGreater((whole - anchor).abs().max(), 1e-3)
        torch.testing.assert_close(quarter, anchor + 0.25 * (whole - anchor), rtol=1e-5, atol=1e-6)

    def test_weights_without_a_correction_are_refused(self):
        with self.assertRaisesRegex(ValueError, "no prediction"):
            scaled({"encoder.weight": torch.ones(1)}, 0.5)


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
