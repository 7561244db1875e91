import { describe, expect, it } from 'vitest';
import { commands } from '#core/command/commands';
import { parseParams } from '#core/command/runCommand';

function faultOf(id: string, params: { [name: string]: unknown }): string {
  const definition = commands.get(id);
  if (!definition) throw new Error(`no command ${id}`);
  try {
    parseParams(definition, params);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return 'no fault';
}

describe('parseParams', () => {
  it.each([
    ['simulate.specimen', { width: 0 }, '"width" has to be at least 1'],
    ['simulate.specimen', { width: 5000 }, '"width" has to be at most 4096'],
    ['simulate.specimen', { photons: 0 }, '"photons" has to be above 0'],
    ['simulate.specimen', { seed: 1.5 }, '"seed" has to be a whole number'],
    ['simulate.specimen', { seed: 'x' }, '"seed" has to be a number'],
    ['process.align', { model: 'bendy' }, '"model" has to be one of: translation, rigid'],
    ['process.align', { modle: 'rigid' }, 'there is no parameter "modle"'],
    ['file.save', {}, '"path" is missing'],
    ['reconstruct.recurrentMz', { inputs: [] }, '"inputs" must not be empty'],
    ['reconstruct.recurrentMz', { inputs: [1], z: '1:2' }, '"z" is not written as it should be'],
    ['reconstruct.recurrentMz', { inputs: 3 }, '"inputs" has to be a list'],
    ['file.open', { path: 3 }, '"path" has to be a text'],
  ])('says of %s %j that %s', (id, params, fault) => {
    expect(faultOf(id, params)).toContain(fault);
    expect(faultOf(id, params)).not.toMatch(/expected|received|invalid|too small/i);
  });

  it.each([{ t: 3 }, { z: 15, t: 2 }, { t: 2, c: 3, z: 5 }])(
    'takes sizes for some of the page axes of a file: %j',
    (sizes) => {
      expect(faultOf('file.open', { path: 'a.tif', axes: 'tcz', sizes })).toBe('no fault');
      expect(faultOf('file.open', { path: 'a.tif', sizes: { ...sizes, y: 3 } })).not.toBe(
        'no fault',
      );
    },
  );
});
