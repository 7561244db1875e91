import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { isSealBroken, sealed } from '#core/network/descriptionSeal';
import { readDescription } from '#core/network/packageFiles';

const TEXT = 'type: model\nname: Small\nconfig:\n  axial:\n    pixelSizeUm: 0.325\n';

const read = (text: string) => () => Promise.resolve(new TextEncoder().encode(text));

describe('a sealed description', () => {
  it('reads as it did', async () => {
    const text = await sealed(TEXT);
    expect(await isSealBroken(text)).toBe(false);
    expect(await isSealBroken(text.replaceAll('\n', '\r\n'))).toBe(false);
    expect(await readDescription(read(text), 'rdf.yaml')).toEqual(parse(TEXT));
  });

  it('is refused wherever it is cut off behind its first line', async () => {
    const text = await sealed(TEXT);
    for (let length = text.indexOf('\n') + 1; length < text.length; length++) {
      await expect(readDescription(read(text.slice(0, length)), 'rdf.yaml')).rejects.toMatchObject({
        tag: 'DamagedFileError',
      });
    }
  });

  it('is refused, or reads as it did, when one character is another', async () => {
    const text = await sealed(TEXT);
    for (let at = 0; at < text.length; at++) {
      const changed = text.slice(0, at) + (text[at] === '7' ? '8' : '7') + text.slice(at + 1);
      const facts: unknown = await readDescription(read(changed), 'rdf.yaml').catch(
        (error: { tag: string }) => error.tag,
      );
      if (facts !== 'DamagedFileError') expect(facts).toMatchObject(parse(TEXT) as object);
    }
  });

  it('is every one of a shipped package', async () => {
    for (const name of ['recurrent-mz-63x', 'recurrent-mz-20x', 'deep-z-63x', 'unet-3d-63x']) {
      const text = readFileSync(`assets/models/${name}/rdf.yaml`, 'utf8');
      expect(await isSealBroken(text)).toBe(false);
      expect(await isSealBroken(text.replace('.', ','))).toBe(true);
    }
  });
});

it('does not ask for a seal', async () => {
  expect(await isSealBroken(TEXT)).toBe(false);
  expect(await readDescription(read(TEXT), 'rdf.yaml')).toEqual(parse(TEXT));
});
