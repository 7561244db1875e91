"""Losses of assets/training against values from elsewhere."""

import sys
import unittest
from pathlib import Path

import numpy
import torch

sys.path.insert(0, "assets/training")
from generatorLoss import GeneratorLoss  # noqa: E402
from losses.berhu import berhu  # noqa: E402
from losses.leastSquares import discriminator_loss, generator_loss  # noqa: E402
from losses.logarithmic import FLOOR, logarithmic  # noqa: E402
from losses.msSsim import ms_ssim, scales_that_fit, similarity  # noqa: E402
from losses.perceptual import PerceptualLoss  # noqa: E402
from recipes import RECIPES  # noqa: E402

sys.argv = sys.argv[:1]
FIXTURES = Path("tests/fixtures/algorithms")
# The fixture's values, made with TensorFlow's definition and with scikit-image (see its README).
MS_SSIM_TENSORFLOW, SSIM = 0.9647223409865833, 0.7441886573120454


def fixture(name):
    values = numpy.fromfile(FIXTURES / name, "<f4").reshape(1, 1, 256, 256)
    return torch.from_numpy(values).double()


class LogarithmicLoss(unittest.TestCase):
    def test_is_what_decibels_are_but_for_its_floor(self):
        difference = torch.tensor([0.1, 0.01], dtype=torch.float64).reshape(2, 1, 1, 1).expand(2, 1, 8, 4)
        value = logarithmic(difference, torch.zeros_like(difference)).item()
        decibels = -20 / numpy.log(10) * value
        self.assertAlmostEqual(decibels, (20 + 40) / 2, 1)

    def test_has_a_floor_that_nothing_gets_below(self):
        nothing = torch.zeros(1, 1, 4, 4, dtype=torch.float64)
        self.assertAlmostEqual(logarithmic(nothing, nothing).item(), numpy.log(FLOOR), 12)

    def test_counts_every_image_alike(self):
        output = torch.zeros(2, 1, 4, 4, dtype=torch.float64, requires_grad=True)
        target = torch.tensor([1.0, 0.1], dtype=torch.float64).reshape(2, 1, 1, 1).expand(2, 1, 4, 4)
        logarithmic(output, target).backward()
        # The same share of its error makes the same difference to each.
        one, other = output.grad[0].sum().item() * 1.0, output.grad[1].sum().item() * 0.1
        self.assertAlmostEqual(one / other, 1, 3)


class BerhuLoss(unittest.TestCase):
    def test_is_absolute_below_its_limit_and_quadratic_above(self):
        for difference, expected in ((0.04, 0.04), (-0.1, 0.1), (0.3, 0.5), (-1.0, 5.05)):
            value = berhu(torch.tensor([difference], dtype=torch.float64), 0.1)
            self.assertAlmostEqual(value.item(), expected, 12)

    def test_has_no_jump_of_value_or_slope_at_its_limit(self):
        difference = torch.tensor([0.1 - 1e-9, 0.1 + 1e-9], dtype=torch.float64, requires_grad=True)
        (berhu(difference, 0.1) * 2).backward()
        self.assertAlmostEqual(difference.grad[0].item(), 1, 6)
        self.assertAlmostEqual(difference.grad[1].item(), 1, 6)

    def test_slope_is_the_difference_over_the_limit_above_it(self):
        difference = torch.tensor([-0.5, 0.05], dtype=torch.float64, requires_grad=True)
        (berhu(difference, 0.1) * 2).backward()
        numpy.testing.assert_allclose(difference.grad.numpy(), [-5, 1], rtol=1e-12)


class MultiScaleSimilarity(unittest.TestCase):
    def test_is_tensorflows_value(self):
        image, target = fixture("met_output.raw"), fixture("met_target.raw")
        self.assertAlmostEqual(ms_ssim(image, target).item(), MS_SSIM_TENSORFLOW, 6)

    def test_of_one_scale_is_scikit_images_value(self):
        image, target = fixture("met_output.raw"), fixture("met_target.raw")
        self.assertAlmostEqual(similarity(image, target, 1.0)[0].mean().item(), SSIM, 9)

    def test_of_an_image_with_itself_is_one(self):
        image = fixture("met_target.raw")[..., :97, :113]
        self.assertAlmostEqual(ms_ssim(image, image).item(), 1, 9)

    def test_small_images_get_the_scales_that_fit(self):
        counts = [scales_that_fit(side) for side in (11, 21, 22, 96, 175, 176, 1000)]
        self.assertEqual(counts, [1, 1, 2, 4, 4, 5, 5])
        with self.assertRaises(ValueError):
            scales_that_fit(10)

    def test_images_without_any_likeness_have_a_slope(self):
        image = fixture("met_target.raw").clone().requires_grad_()
        ms_ssim(image, 1 - fixture("met_target.raw")).backward()
        self.assertTrue(torch.isfinite(image.grad).all())


class LeastSquares(unittest.TestCase):
    def test_values_at_corners(self):
        self.assertEqual(generator_loss(torch.tensor([0.0, 1.0])).item(), 0.5)
        made, real = torch.tensor([0.0, 0.0]), torch.tensor([1.0, 1.0])
        self.assertEqual(discriminator_loss(made, real).item(), 0)
        self.assertEqual(discriminator_loss(real, made).item(), 1)

    def test_a_toy_generator_learns_the_mean_of_what_is_real(self):
        """One number against a linear discriminator, both by gradient: it settles at the real value."""
        made = torch.zeros(1, requires_grad=True)
        weight, bias = torch.zeros(1, requires_grad=True), torch.zeros(1, requires_grad=True)
        judge = lambda value: torch.sigmoid(weight * value + bias)
        forger = torch.optim.Adam([made], 0.01)
        police = torch.optim.Adam([weight, bias], 0.02, weight_decay=0.02)
        seen = []
        for step in range(3000):
            police.zero_grad()
            discriminator_loss(judge(made.detach()), judge(torch.tensor([2.0]))).backward()
            police.step()
            forger.zero_grad()
            generator_loss(judge(made)).backward()
            forger.step()
            seen.append(made.item())
        self.assertAlmostEqual(float(numpy.mean(seen[1500:])), 2, delta=0.25)


class Perceptual(unittest.TestCase):
    def test_is_zero_for_equal_images_and_the_same_whenever_it_is_made(self):
        random = torch.Generator().manual_seed(1)
        image, other = torch.rand((2, 2, 1, 32, 32), generator=random)
        self.assertEqual(PerceptualLoss()(image, image).item(), 0)
        torch.manual_seed(99)
        first = PerceptualLoss()(image, other).item()
        self.assertGreater(first, 0)
        self.assertEqual(PerceptualLoss()(image, other).item(), first)


class Recipes(unittest.TestCase):
    def test_generator_losses_are_the_papers_sums(self):
        output, target = torch.zeros((1, 1, 176, 176)), torch.full((1, 1, 176, 176), 0.3)
        half = lambda image: torch.full((1, 1, 1, 1), 0.5)
        unlike = 1 - ms_ssim(output, target).item()
        expected = {
            "recurrent-mz-paper": 3 * 0.5 + unlike + 0.5 * 0.25,
            "deep-z-paper": 0.5 * 0.25 + 0.02 * 0.5 * 0.3,
            "anchored": 0.5,
        }
        for name, value in expected.items():
            loss, _ = GeneratorLoss(RECIPES[name].losses)(output, target, half)
            self.assertAlmostEqual(loss.item(), value, 5, name)

    def test_updates_and_rates_are_the_papers(self):
        deep_z, recurrent = RECIPES["deep-z-paper"], RECIPES["recurrent-mz-paper"]
        self.assertEqual((deep_z.generator_updates, deep_z.discriminator_updates), (6, 3))
        self.assertEqual((deep_z.rate, deep_z.discriminator_rate), (1e-4, 3e-5))
        self.assertEqual((deep_z.validate_every, deep_z.judge), (50, "mae"))
        self.assertEqual(recurrent.rate, 1e-5)


if __name__ == "__main__":
    unittest.main()
