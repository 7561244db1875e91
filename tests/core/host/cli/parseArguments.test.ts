import { describe, expect, it } from 'vitest';
import { commands } from '#core/command/commands';
import { describeCommand } from '#core/command/describeCommand';
import type { CommandDescriptor } from '#core/command/engineApi';
import { verbHelp } from '#core/host/cli/helpText';
import { parseArguments } from '#core/host/cli/parseArguments';

function command(verb: string): CommandDescriptor {
  const found = [...commands.values()].map(describeCommand).find((one) => one.verb === verb);
  if (!found) throw new Error(`no verb ${verb}`);
  return found;
}

const parse = (verb: string, ...words: string[]) => parseArguments(command(verb), words);

describe('parseArguments', () => {
  it('reads inputs, outputs, parameters and general options in any order', () => {
    const parsed = parse(
      'align',
      '--model',
      'translation',
      'in.tif',
      '--json',
      '-o',
      'out.tif',
      '--transforms=t.json',
    );
    expect(parsed.inputs).toEqual({ stack: 'in.tif' });
    expect(parsed.params).toEqual({ model: 'translation' });
    expect(parsed.outputs).toEqual({ aligned: 'out.tif', transforms: 't.json' });
    expect(parsed.general.json).toBe(true);
  });

  it('reads lists, ranges and words where either may stand', () => {
    const base = ['in.tif', '-o', 'o.tif', '--inputs', '4, 20,36'];
    expect(parse('reconstruct', ...base).params).toEqual({ inputs: [4, 20, 36] });
    expect(parse('reconstruct', ...base, '--planes', 'all').params['planes']).toBe('all');
    expect(parse('reconstruct', ...base, '--planes', '0,1').params['planes']).toEqual([0, 1]);
    const some = parse('reconstruct', ...base, '--planes', '3-5, 9').params['planes'];
    expect(some).toEqual([3, 4, 5, 9]);
    expect(parse('reconstruct', ...base, '--z', '-1:2:0.2').params['z']).toBe('-1:2:0.2');
    expect(parse('reconstruct', ...base, '--output', 'p.tif').outputs).toEqual({ volume: 'p.tif' });
  });

  it('reads values that may also be missing', () => {
    const base = ['in.tif', '-o', 'o.tif', '--inputs', '4'];
    expect(parse('reconstruct', ...base, '--model', 'mine').params['model']).toBe('mine');
    expect(parse('compare', 'a', 'b', '--data-range', '255').params['dataRange']).toBe(255);
    expect(parse('compare', 'a', 'b', '--given', '1,2').params['given']).toEqual([1, 2]);
  });

  it('joins a list that is given in pieces, and leaves commas inside values alone', () => {
    expect(parse('run', 'm.axial', '--set', 'a=1,2,b=3', '--set', 'c=4').params['set']).toEqual([
      'a=1,2',
      'b=3',
      'c=4',
    ]);
  });

  it.each([
    [['simulate', '-o', 'x.tif', '--width', '0'], 'from 1 up to 4096'],
    [['simulate', '-o', 'x.tif', '--photons', '-3'], 'above 0'],
    [['reconstruct', 'a', '-o', 'b', '--inputs', '-1,4'], 'Whole numbers from 0'],
    [['reconstruct', 'a', '-o', 'b', '--inputs', '4', '--z', '1:2'], 'Such as 0:12:0.2'],
    [['align', 'a', '-o', 'b', '--pixel-type', 'uint12'], 'keep, uint8, uint16, float32'],
  ])('refuses %j before anything runs, and says what fits', ([verb, ...words], remedy) => {
    expect(() => parse(verb, ...words)).toThrow(
      expect.objectContaining({ tag: 'UsageError', remedy: expect.stringContaining(remedy) }),
    );
  });

  it('refuses a value for a switch and one file for two outputs', () => {
    expect(() => parse('info', 'a.tif', '--json=yes')).toThrow(/takes no value/);
    expect(() => parse('simulate', '-o', 'a.tif', '--truth', 'a.tif')).toThrow(/same name/);
  });

  it('reads the axes of pages and their sizes', () => {
    const { open } = parse('info', 'in.tif', '--axes', 'tz', '--sizes', 't=2, z=15').general;
    expect(open).toEqual({ axes: 'tz', sizes: { t: 2, z: 15 } });
    expect(parse('info', 'in.tif', '--axes', 'tz', '--sizes=t=2').general.open['sizes']).toEqual({
      t: 2,
    });
  });

  it.each(['2,15', 'y=3', 't=0', 't=', ''])('refuses the sizes "%s"', (sizes) => {
    expect(() => parse('info', 'in.tif', '--axes', 'tz', '--sizes', sizes)).toThrow(
      /--sizes does not take/,
    );
  });

  it('reads verbs whose argument is no image', () => {
    expect(parse('models test', 'nuclei').params).toEqual({ name: 'nuclei' });
    expect(parse('compare', 'a.tif', 'b.tif').inputs).toEqual({ result: 'a.tif', truth: 'b.tif' });
  });

  it('takes the path of convert from -o', () => {
    const parsed = parse('convert', 'a.tif', '-o', 'b.ome.tif', '--pixel-type', 'uint8');
    expect(parsed.params).toEqual({ path: 'b.ome.tif', pixelType: 'uint8' });
  });

  it('takes names that begin with a dash after --', () => {
    expect(parse('info', '--', '-odd.tif').inputs).toEqual({ stack: '-odd.tif' });
  });

  it.each([
    [['align', 'in.tif'], 'Missing: -o'],
    [['align', '-o', 'out.tif'], 'Missing: Stack'],
    [['align', 'in.tif', '-o'], '-o needs a value'],
    [['align', 'in.tif', '-o', 'x.tif', '--model', 'bendy'], 'does not take "bendy"'],
    [['align', 'in.tif', '-o', 'x.tif', '--speed', '3'], 'no option --speed'],
    [['info', 'a.tif', 'b.tif'], '"b.tif" is one word too many'],
    [['scale', 'a.tif'], 'Missing: -o'],
    [['reconstruct', 'a.tif', '-o', 'x.tif', '--inputs', '1,b'], 'does not take "1,b"'],
    [['info', 'a.tif', '--threads', '1.5'], 'does not take "1.5"'],
  ])('refuses %j', ([verb, ...words], message) => {
    expect(() => parse(verb, ...words)).toThrow(message);
  });
});

describe('verbHelp', () => {
  it('names every option, its values and its default', () => {
    const help = verbHelp(command('align'));
    expect(help).toContain('Usage: axial align STACK -o FILE');
    expect(help.replace(/\s+/g, ' ')).toMatch(
      /--model NAME .*One of: translation, rigid,.*Default: rigid\./,
    );
    expect(help).toContain('--transforms FILE');
    expect(help).toContain('--readable-part');
  });

  it.each([...commands.values()].filter(({ verb }) => verb).map(({ verb }) => verb as string))(
    'has a page for %s in which every option is explained',
    (verb) => {
      const rows = verbHelp(command(verb))
        .split('\n')
        .filter((line) => line.startsWith('  -'));
      for (const row of rows) expect(row.trim()).toMatch(/^\S+( FILE)? {1,}\S/);
      const widest = Math.max(
        ...verbHelp(command(verb))
          .split('\n')
          .map((line) => line.length),
      );
      expect(widest).toBeLessThanOrEqual(100);
      expect(verbHelp(command(verb))).not.toContain(String(Number.MAX_SAFE_INTEGER));
    },
  );
});
