import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import {
  answerDialogs,
  chooseMenu,
  enginePid,
  openAxial,
  type AxialWindow,
} from '#tests/helpers/axialWindow';

const SAMPLE = fileURLToPath(new URL('../../assets/samples/nuclei-63x.ome.tif', import.meta.url));
let axial: AxialWindow | null = null;

afterEach(async () => {
  await axial?.close();
  axial = null;
});

async function open(files: readonly string[] = []): Promise<AxialWindow> {
  axial = await openAxial(files);
  return axial;
}

async function valueAt(page: Page, x: number, y: number): Promise<string> {
  const box = await page.locator('.pane').first().boundingBox();
  if (!box) throw new Error('There is no pane.');
  await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
  const value = page.getByTestId('pixel-value').first();
  await expect.poll(() => value.innerText()).toMatch(/\d$/);
  return value.innerText();
}

/** How bright the middle of the picture is, 0 to 255, read off the screen. */
async function brightness(page: Page): Promise<number> {
  const png = await page.locator('.pane canvas').first().screenshot();
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const size = Math.floor(bitmap.height / 2);
    const left = Math.floor((bitmap.width - size) / 2);
    const data = context?.getImageData(left, Math.floor(size / 2), size, size).data ?? [];
    let brightest = 0;
    for (let i = 0; i < data.length; i += 4) brightest = Math.max(brightest, data[i] ?? 0);
    return brightest;
  }, png.toString('base64'));
}

describe('the window', () => {
  it('opens the sample by its menu, draws it, and shows values while moving through the planes', async () => {
    const { page, complaints } = await open();
    await chooseMenu(page, 'File', 'Open Sample');
    await page.getByRole('tab', { name: 'nuclei-63x' }).waitFor();
    const first = await valueAt(page, 0.5, 0.5);
    expect(first).toMatch(/^x \d+\.\d\d {2}y \d+\.\d\d µm {3}\(\d+, \d+\) {3}\d+$/);
    expect(await brightness(page)).toBeGreaterThan(60);

    const place = page.getByTestId('z-place');
    const before = await place.innerText();
    await page.locator('.pane').first().focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => place.innerText()).not.toBe(before);
    await page.keyboard.press('Home');
    await expect.poll(() => place.innerText()).toBe('0.00 µm');
    await expect.poll(() => page.getByTestId('pixel-value').innerText()).not.toBe(first);
    expect(complaints).toEqual([]);
  });

  it('opens the files that it was started with and remembers them', async () => {
    const { page } = await open([SAMPLE]);
    await page.getByRole('tab', { name: 'nuclei-63x' }).waitFor();
    await page.getByTitle('Close nuclei-63x.ome.tif').click();
    await page.getByText('Opened lately').waitFor();
    await page.getByRole('button', { name: 'nuclei-63x.ome.tif' }).click();
    await page.getByRole('tab', { name: 'nuclei-63x' }).waitFor();
  });

  it('says what is wrong with a file and what to do, without a stack trace', async () => {
    const { app, page } = await open();
    await answerDialogs(app, { open: [fileURLToPath(import.meta.url)] });
    await page.getByRole('button', { name: 'Open…' }).click();
    const strip = page.getByRole('log');
    await expect.poll(() => strip.innerText()).not.toBe('');
    expect(await strip.innerText()).not.toMatch(/at \w+ \(|Error:/);
  });

  it('keeps plain keys for text while somebody types, and for commands otherwise', async () => {
    const { page } = await open([SAMPLE]);
    await page.getByRole('tab', { name: 'nuclei-63x' }).waitFor();
    await page.getByLabel('Plane number').fill('');
    await page.keyboard.type('l');
    expect(await page.getByPlaceholder('Search commands').count()).toBe(0);
    await page.locator('.pane').first().focus();
    await page.keyboard.press('l');
    await page.getByPlaceholder('Search commands').waitFor();
    await page.keyboard.type('show info');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('256 x 256 pixels').waitFor();
  });

  it('asks for parameters in a dialog, refuses impossible ones, and cancels a running job', async () => {
    const { page } = await open([SAMPLE]);
    await page.getByRole('tab', { name: 'nuclei-63x' }).waitFor();
    await chooseMenu(page, 'Process', 'Registration', 'Align Stack…');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'More options' }).click();
    await dialog.getByLabel('Anchor').fill('1.5');
    await dialog.getByText('needs a whole number').waitFor();
    expect(await dialog.getByRole('button', { name: 'OK' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Anchor').fill('0');
    await dialog.getByLabel('Transformation').selectOption('translation');
    await dialog.getByRole('button', { name: 'OK' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Align the stack' }).waitFor();
    expect(await page.getByRole('tab').count()).toBe(1);
  });

  it('survives the death of the engine: says so, starts another, reopens the file', async () => {
    const { app, page } = await open([SAMPLE]);
    await page.getByRole('tab', { name: 'nuclei-63x' }).waitFor();
    const dead = await enginePid(app);
    process.kill(dead, 'SIGKILL');
    await page.getByText('The engine stopped and was started again. 1 image reopened.').waitFor();
    expect(await enginePid(app)).not.toBe(dead);
    expect(await valueAt(page, 0.5, 0.5)).toMatch(/\d+$/);
  });

  it('saves where it was told, and asks before results that are not saved are lost', async () => {
    const { app, page, folder } = await open([SAMPLE]);
    await page.getByRole('tab', { name: 'nuclei-63x' }).waitFor();
    await page.getByRole('button', { name: 'Extended focus: run' }).click();
    await page.getByRole('tab', { name: 'EDF' }).waitFor();
    await page.getByRole('button', { name: 'Extended focus: redo' }).waitFor();
    const path = join(folder, 'edf.ome.tif');
    await answerDialogs(app, { save: path });
    await page.keyboard.press('Control+s');
    await page.getByText(`Saved as ${path}`).waitFor();
    expect(existsSync(path) && statSync(path).size).toBeGreaterThan(256 * 256);

    await page.getByTitle(/^Close .*height/).click();
    const question = page.getByRole('alertdialog');
    await question.getByText('is not saved').waitFor();
    await question.getByRole('button', { name: 'Keep it' }).click();
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.close();
    });
    await question.getByText('One result is not saved.').waitFor();
    await question.getByRole('button', { name: 'Keep it' }).click();
    expect(await page.getByRole('tab', { name: 'height' }).count()).toBe(1);
  });
});
