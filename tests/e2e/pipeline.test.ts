import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { answerDialogs, chooseMenu, openAxial, type AxialWindow } from '#tests/helpers/axialWindow';

const STEP_TIMEOUT_MS = 240_000;
let axial: AxialWindow | null = null;

afterEach(async () => {
  await axial?.close();
  axial = null;
});

describe('the main job, by clicking', () => {
  it(
    'goes from the sample to a volume that is compared with the truth and saved',
    async () => {
      axial = await openAxial();
      const { app, page, folder, complaints } = axial;
      const timeout = STEP_TIMEOUT_MS;
      const button = (name: string) => page.getByRole('button', { name, exact: true });
      const done = (step: string) => page.getByLabel(`${step}: done`).waitFor({ timeout });

      await page.getByRole('button', { name: 'Open sample' }).click();
      await button('Align the stack').click();
      await done('Align');
      await button('Make the extended-focus image').click();
      await done('Extended focus');
      await button('Normalise').click();
      await done('Normalise');
      await button('Suggest inputs').click();
      await expect
        .poll(() => page.getByRole('button', { name: /^Remove input plane/ }).count())
        .toBe(3);
      await button('Use this model').click();
      await done('Model');
      await button('Reconstruct').click();
      await done('Targets');
      await button('Compare with the truth').click();
      await done('Compare');

      await expect.poll(() => page.locator('.pane').count()).toBe(2);
      const psnrDb = Number.parseFloat(await page.locator('.figures dd').first().innerText());
      expect(psnrDb).toBeGreaterThan(15);
      await page.locator('.pane').first().focus();
      await page.keyboard.press('Home');
      await expect.poll(() => page.getByTestId('metric-here').innerText()).toContain('dB');
      const captions = await page.locator('.caption small').allInnerTexts();
      expect(captions.every((caption) => caption.includes('plane 0'))).toBe(true);

      const volume = join(folder, 'volume.ome.tif');
      await answerDialogs(app, { save: volume });
      await button('Save result…').click();
      await page.getByLabel('Compare: done').waitFor();
      await expect
        .poll(() => readFileSync(volume).subarray(0, 2).toString(), { timeout: 20_000 })
        .toBe('II');
      expect(complaints).toEqual([]);
    },
    4 * STEP_TIMEOUT_MS,
  );
});

describe('the dialog of a reconstruction', () => {
  it(
    'says what is run, and the panel follows it',
    async () => {
      axial = await openAxial();
      const { page, complaints } = axial;
      await page.getByRole('button', { name: 'Open sample' }).click();
      await page.getByRole('tab', { name: 'nuclei-63x' }).waitFor();
      const pins = () =>
        page
          .getByRole('button', { name: /^Remove input plane/ })
          .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
      const reconstruct = async (inputs: string, choice: string): Promise<void> => {
        await page.getByRole('tab', { name: 'nuclei-63x' }).first().click();
        await chooseMenu(page, 'Reconstruct', 'Recurrent-MZ');
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel('Input planes', { exact: true }).fill(inputs);
        await dialog.getByLabel('Choice of inputs', { exact: true }).selectOption(choice);
        await dialog.getByLabel('Planes to make', { exact: true }).fill('9');
        await dialog.getByRole('button', { name: 'OK', exact: true }).click();
        await dialog.waitFor({ state: 'detached' });
        await page.getByLabel('Targets: done').waitFor({ timeout: STEP_TIMEOUT_MS });
      };

      await reconstruct('14, 4', 'user');
      await expect.poll(pins).toEqual(['Remove input plane 4', 'Remove input plane 14']);
      // Pins do not narrow what is chosen among all planes.
      await reconstruct('', 'even');
      await expect.poll(async () => (await pins())[0]).toBe('Remove input plane 0');
      expect(await pins()).toHaveLength(3);
      expect(complaints).toEqual([]);
    },
    2 * STEP_TIMEOUT_MS,
  );
});
