import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { answerDialogs, openAxial, type AxialWindow } from '#tests/helpers/axialWindow';

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
