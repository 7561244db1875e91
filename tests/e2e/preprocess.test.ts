import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerDialogs, chooseMenu, openAxial, type AxialWindow } from '#tests/helpers/axialWindow';
import { driftUm, writeDriftingMovie } from '#tests/helpers/driftingMovie';

const SAMPLE = fileURLToPath(new URL('../../assets/samples/nuclei-63x.ome.tif', import.meta.url));
const BLANK = 5;
let axial: AxialWindow | null = null;
let files = '';

beforeEach(() => {
  files = mkdtempSync(join(tmpdir(), 'axial-stacks-'));
});
afterEach(async () => {
  await axial?.close();
  axial = null;
  rmSync(files, { recursive: true, force: true });
});

async function open(file: string): Promise<AxialWindow> {
  axial = await openAxial([file]);
  await axial.page.getByRole('tab').first().waitFor();
  await axial.page.locator('.pane').first().waitFor();
  return axial;
}

/** Presses OK in the dialog once it may be pressed. */
async function accept(page: Page): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'OK' }).click();
}

/** How many pixels of the mask on the picture are drawn. */
function masked(page: Page): Promise<number> {
  return page.getByTestId('mask').evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    const context = (canvas as HTMLCanvasElement).getContext('2d');
    const data = context?.getImageData(0, 0, width, height).data ?? [];
    let count = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i] !== 0) count++;
    return count;
  });
}

describe('aligning in the window', () => {
  it('shows the drift in a plot and a table, and leads to the frame that failed', async () => {
    const movie = join(files, 'movie.ome.tif');
    await writeDriftingMovie(movie, { frames: 9, blank: BLANK });
    const { app, page, folder, complaints } = await open(movie);
    await chooseMenu(page, 'Process', 'Registration', 'Align Stack…');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Transformation').selectOption('translation');
    expect(await dialog.getByLabel('First planes').count()).toBe(0);
    await dialog.getByLabel('Register to').selectOption('first');
    expect(await dialog.getByLabel('First planes').inputValue()).toBe('1');
    await accept(page);

    await page.getByRole('tab', { name: 'Drift: aligned' }).waitFor();
    const rows = page.getByRole('table').locator('tbody tr:not(.why)');
    await expect.poll(() => rows.count()).toBe(9);
    const x = Number(await rows.nth(3).locator('td').nth(2).innerText());
    expect(x).toBeCloseTo(driftUm(3), 2);
    // A translation has no turn, in the table or in a plot.
    expect(await page.getByRole('figure', { name: 'Turn of each plane' }).count()).toBe(0);

    await rows.nth(3).click();
    await expect.poll(() => page.locator('.caption').innerText()).toContain('time point 3 of 9');
    await page.getByRole('button', { name: 'probably failed: go to the next' }).click();
    await expect.poll(() => page.locator('.caption').innerText()).toMatch(/failed here/);
    await expect.poll(() => page.locator('.caption').innerText()).toContain(`point ${BLANK} of 9`);
    await page.getByRole('button', { name: /^fit after/ }).click();
    await expect.poll(() => rows.first().innerText()).toMatch(new RegExp(`^\\s*${BLANK}\\s`));

    const plot = await page.getByLabel('Shift of each plane').locator('.area').boundingBox();
    if (!plot) throw new Error('There is no plot.');
    await page.mouse.click(plot.x + plot.width - 1, plot.y + 10);
    await expect.poll(() => page.getByTestId('drift-here').innerText()).toContain('x 2.4');

    const csv = join(folder, 'drift.csv');
    await answerDialogs(app, { save: csv });
    await page.getByRole('button', { name: 'save table…' }).click();
    await page.getByText(`Saved as ${csv}`).waitFor();
    expect(readFileSync(csv, 'utf8').trim().split('\r\n')).toHaveLength(10);

    await page.getByRole('tab', { name: '↳ aligned' }).click();
    await page.getByText(`Registration probably failed on plane ${BLANK};`).waitFor();
    const mark = page.getByTitle(new RegExp(`^Time point ${BLANK}: alignment probably failed`));
    expect(await mark.count()).toBe(1);
    await page.getByRole('button', { name: 'Show drift' }).click();
    await expect.poll(() => rows.count()).toBe(9);
    expect(complaints).toEqual([]);
  });
});

describe('dialogs with their result on the picture', () => {
  it('show a threshold as a mask before it is made, anew for another method, and make it', async () => {
    const { page, complaints } = await open(SAMPLE);
    await chooseMenu(page, 'Image', 'Adjust', 'Threshold…');
    const status = page.getByTestId('preview-status');
    await expect.poll(() => status.innerText()).toMatch(/^Threshold \d+: .* % foreground$/);
    const triangle = await status.innerText();
    await expect.poll(() => masked(page)).toBeGreaterThan(500);
    await page.getByRole('dialog').getByLabel('Method').selectOption('otsu');
    await expect.poll(() => status.innerText()).not.toBe(triangle);
    await expect.poll(() => status.innerText()).toMatch(/^Threshold \d+/);
    expect(await page.getByRole('tab').count()).toBe(1);

    await accept(page);
    await page.getByRole('tab', { name: '↳ mask' }).waitFor();
    await expect.poll(() => page.getByTestId('mask').count()).toBe(0);
    await expect.poll(() => page.getByTestId('shape').innerText()).toContain('uint8');
    expect(complaints).toEqual([]);
  });

  it('are gone without a trace when they are cancelled', async () => {
    const { page } = await open(SAMPLE);
    await chooseMenu(page, 'Process', 'Filters', 'Gaussian Blur…');
    await page.getByRole('checkbox', { name: /^Preview/ }).check();
    await expect.poll(() => page.locator('.caption').innerText()).toContain('preview');
    await page.getByRole('dialog').getByLabel('Sigma').fill('none');
    await page.getByRole('dialog').getByText('needs a number in px').waitFor();
    await expect.poll(() => page.locator('.caption').innerText()).not.toContain('preview');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(await page.getByRole('tab').count()).toBe(1);
  });
});

describe('normalising', () => {
  it('passes the method of the dialog on and shows values around 0 to 1', async () => {
    const { page, complaints } = await open(SAMPLE);
    await chooseMenu(page, 'Process', 'Normalise…');
    await page.getByRole('dialog').getByLabel('Method').selectOption('plugin');
    await accept(page);
    await page.getByRole('tab', { name: '↳ normalised' }).waitFor();
    await expect.poll(() => page.getByTestId('shape').innerText()).toContain('float32');
    await page.getByLabel('Normalise: done').waitFor();
    await chooseMenu(page, 'Edit', 'Show Recorded Macro…');
    await page
      .getByRole('dialog')
      .getByText(/process\.normalise.*plugin/)
      .waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('a rectangle', () => {
  it('is drawn, nudged, removed and drawn again, and Crop takes it', async () => {
    const { page, complaints } = await open(SAMPLE);
    await page.getByRole('radio', { name: /^Rectangle/ }).click();
    const pane = page.locator('.pane');
    const box = await pane.boundingBox();
    if (!box) throw new Error('There is no pane.');
    const draw = async (): Promise<void> => {
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(x - 80, y - 60);
      await page.mouse.down();
      await page.mouse.move(x + 40, y + 30, { steps: 4 });
      await page.mouse.up();
    };
    const size = page.getByTestId('selection-size');
    await draw();
    const drawn = await size.innerText();
    const [, width = '', height = ''] = /(\d+) × (\d+) px$/.exec(drawn) ?? [];
    expect(drawn).toMatch(/^\d+\.\d\d × \d+\.\d\d µm/);
    // 120 by 90 points of the screen, in whole pixels of the image.
    expect(Number(width) / Number(height)).toBeCloseTo(120 / 90, 1);

    await pane.focus();
    await page.keyboard.press('Alt+ArrowRight');
    await expect.poll(() => size.innerText()).toContain(`${Number(width) + 1} × ${height} px`);
    await page.keyboard.press('Escape');
    await expect.poll(() => size.count()).toBe(0);

    await draw();
    await chooseMenu(page, 'Image', 'Crop…');
    await page.getByRole('tab', { name: '↳ cropped' }).waitFor();
    await expect
      .poll(() => page.getByTestId('shape').innerText())
      .toContain(`${width} × ${height} ×`);
    expect(complaints).toEqual([]);
  });
});
