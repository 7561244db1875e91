"""Figures of model cards from assets/training, on volumes whose figures are known."""

import json
import sys
import tempfile
import unittest
from pathlib import Path

import numpy
import torch

sys.path.insert(0, "assets/training")
import evaluate  # noqa: E402
import safetensors  # noqa: E402
from beadWidths import bead_centres, bead_widths, lateral_fwhm_px  # noqa: E402
from evaluation import interpolate, network_case, psnr, score_volume, simulated_inputs  # noqa: E402
from graphModule import GraphModule, load_graph  # noqa: E402
from modelCard import BEGIN, END, markdown_table, put_into_card  # noqa: E402
from simulatedVolume import Volume  # noqa: E402

GRAPHS = Path(sys.argv.pop()) if len(sys.argv) > 1 else None
HALF_WIDTH = 2 * (2 * numpy.log(2)) ** 0.5


def bead_stack(sigma_y, sigma_x, centres=((10, 16, 18), (12, 44, 40)), shape=(25, 60, 62)):
    """Gaussian beads that are brightest in their own plane, over a background of 100."""
    z, y, x = numpy.indices(shape)
    stack = numpy.full(shape, 100.0)
    for top, row, column in centres:
        lateral = ((y - row) / sigma_y) ** 2 + ((x - column) / sigma_x) ** 2
        stack += 1000 * numpy.exp(-(((z - top) / 3) ** 2) / 2 - lateral / 2)
    return stack


class BeadWidths(unittest.TestCase):
    def test_width_is_the_mean_of_both_axes_of_the_gaussian(self):
        plane = bead_stack(1.7, 2.3)[10]
        expected = HALF_WIDTH * (1.7 + 2.3) / 2
        self.assertAlmostEqual(lateral_fwhm_px(plane, 16, 18) / expected, 1, 4)

    def test_width_is_found_off_the_pixel_grid_and_in_noise(self):
        plane = bead_stack(2, 2, centres=((10, 16.3, 17.6),))[10]
        noisy = numpy.random.default_rng(1).poisson(plane)
        self.assertAlmostEqual(lateral_fwhm_px(noisy, 16, 18) / (HALF_WIDTH * 2), 1, 1)

    def test_what_is_no_bead_has_no_width(self):
        noise = numpy.random.default_rng(2).normal(100, 5, (40, 40))
        self.assertTrue(numpy.isnan(lateral_fwhm_px(noise, 20, 20)))

    def test_beads_count_when_isolated_in_a_wanted_plane_and_away_from_the_edge(self):
        centres = ((10, 16, 18), (12, 44, 40), (11, 44, 47), (10, 3, 50), (3, 16, 40))
        stack = bead_stack(1.5, 1.5, centres)
        self.assertEqual(bead_centres(stack, set(range(8, 16))), [(10, 16, 18)])

    def test_a_blurred_reconstruction_is_as_much_wider_as_it_is(self):
        clean = bead_stack(2, 2)
        volume = Volume(clean, clean, 0.4)
        wide = (bead_stack(2.5, 2.5) - clean.min()) / clean.max()
        blurred = lambda volume, inputs, target: wide[target]
        widths = bead_widths(volume, {"blurred": blurred}, [3, 12, 21], [10, 11])
        self.assertEqual(len(widths), 1)
        self.assertAlmostEqual(widths[0]["blurred"] / widths[0]["truth"], 1.25, 3)


class Scores(unittest.TestCase):
    def test_psnr_counts_against_the_given_range(self):
        truth = numpy.zeros((4, 4))
        self.assertAlmostEqual(psnr(truth + 0.1, truth), 20)
        self.assertAlmostEqual(psnr(truth + 0.1, truth, 10), 40)

    def test_interpolations_reproduce_the_polynomials_of_their_order(self):
        z_um = numpy.arange(9) * 0.5
        inputs = [0, 4, 8]
        line, parabola = (z_um**power for power in (1, 2))
        stack = lambda values: numpy.broadcast_to(values[:, None, None], (9, 2, 3))
        for method, values in (("linear", line), ("cubic", parabola)):
            for target in (1, 3, 6):
                image = interpolate(method, stack(values), z_um, inputs, z_um[target])
                numpy.testing.assert_allclose(image, values[target])
        nearest = interpolate("nearest", stack(line), z_um, inputs, 1.1)
        numpy.testing.assert_allclose(nearest, line[4])

    def test_networks_get_the_nearest_inputs_in_the_wanted_order(self):
        seen = []

        class Spy(torch.nn.Linear):
            interpolation, fits = None, []

            def forward(self, images):
                seen.append([round(float(d), 3) for d in images[:, 0, 1, 0, 0]])
                return images[-1][:, :1]

        stack = numpy.random.default_rng(3).uniform(1, 2, (9, 12, 12))
        place = (Volume(stack, stack, 1), [0, 4, 8], 5)
        for count, order in ((3, "nearestLast"), (3, "nearestFirst"), (2, "nearestLast"), (1, "nearestLast")):
            network_case(Spy(1, 1), count, order)(*place)
        self.assertEqual(seen, [[0.5, -0.3, 0.1], [0.1, -0.3, 0.5], [-0.3, 0.1], [0.1]])

    def test_the_truth_scores_best_and_noise_counts_only_against_noisy_planes(self):
        clean = bead_stack(2, 2)
        noisy = clean + numpy.random.default_rng(4).normal(0, 5, clean.shape)
        volume = Volume(noisy, clean, 0.4)
        truth = lambda volume, inputs, target: volume.clean[target] + 1e-6
        scores = score_volume({"truth": truth}, volume, 3.6)["truth"]
        self.assertGreater(scores["psnr"], 100)
        _, scale = volume.noisy.std(), (noisy[0] - clean[0]).std() / (volume.noisy - volume.clean).std()
        self.assertAlmostEqual(scores["psnrNoisy"], 20 * numpy.log10(scale / 5), 1)
        self.assertLess(scores["mae"], 1e-5)


class Card(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)

    def test_only_what_stands_between_the_markers_changes(self):
        card = self.folder / "README.md"
        card.write_text(f"before\n{BEGIN}\nold\n{END}\nbehind\n")
        put_into_card(card, markdown_table(["a", "b"], [["1", "2"]]))
        self.assertEqual(
            card.read_text(), f"before\n{BEGIN}\n| a | b |\n| --- | --- |\n| 1 | 2 |\n{END}\nbehind\n"
        )
        card.write_text("no markers")
        with self.assertRaises(SystemExit):
            put_into_card(card, "text")

    @unittest.skipIf(GRAPHS is None, "needs a folder of graphs")
    def test_one_command_makes_table_and_figures(self):
        data = self.folder / "data"
        data.mkdir()
        random = numpy.random.default_rng(5)
        for seed in (1, 2):
            clean = bead_stack(2, 2)
            (data / "clean").write_bytes(clean.astype("<f4").tobytes())
            (data / f"noisy{seed}").write_bytes(random.poisson(clean).astype("<u2").tobytes())
            about = {
                "shape": clean.shape,
                "noisy": {"file": f"noisy{seed}", "type": "uint16"},
                "clean": {"file": "clean", "type": "float32"},
                "zStepUm": 0.4,
                "options": {"specimen": {"kind": "beads"}},
            }
            (data / f"volume-{seed}.json").write_text(json.dumps(about))
        for name in ("recurrent-mz", "deep-z"):
            package = self.folder / name
            package.mkdir()
            (package / "graph.json").write_text((GRAPHS / f"{name}.json").read_text())
            network = GraphModule(load_graph(package / "graph.json"))
            safetensors.save(package / "weights.safetensors", network.named_weights())
            (package / "README.md").write_text(f"# Card\n{BEGIN}\n{END}\n")
        ours, rival = (str(self.folder / name) for name in ("recurrent-mz", "deep-z"))
        options = ["--rival", f"Deep-Z, one input={rival}", "--spacing", "3.6", "--stride", "4"]
        evaluate.main([ours, "--simulated", f"Beads={data}", *options])
        card = (self.folder / "recurrent-mz/README.md").read_text()
        self.assertIn("| Deep-Z, one input | ", card)
        self.assertIn("**Beads**", card)
        self.assertIn("Mean over 2 simulated stacks", card)
        figures = json.loads((self.folder / "recurrent-mz/quality.json").read_text())["sets"]["Beads"]
        self.assertEqual(len(figures["stacks"]), 2)
        means = figures["summary"]["means"]
        scores = [stack["scores"]["linear"]["psnr"] for stack in figures["stacks"]]
        self.assertAlmostEqual(means["linear"]["psnr"], numpy.mean(scores))
        self.assertIn(f'{means["network"]["psnr"]:.2f}', card)
        # One bead of each stack lies in an input plane.
        self.assertEqual(figures["summary"]["beads"]["found"], 2)


if __name__ == "__main__":
    unittest.main()
