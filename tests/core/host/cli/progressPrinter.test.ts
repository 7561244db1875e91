import { describe, expect, it } from 'vitest';
import { progressPrinter } from '#core/host/cli/progressPrinter';

function recorder(isTTY: boolean) {
  const written: string[] = [];
  return { written, isTTY, columns: 60, write: (text: string) => written.push(text) };
}

describe('progressPrinter', () => {
  it('draws a bar on a terminal and clears it at the end', () => {
    const stream = recorder(true);
    let nowMs = 0;
    const printer = progressPrinter(stream, () => nowMs);
    nowMs = 4000;
    printer.update({ fraction: 0.25, step: 'Aligning' });
    printer.finish();
    expect(stream.written[0]).toContain('[######..................] Aligning, 12 s left');
    expect(stream.written[1]).toBe('\r\u001b[2K');
  });

  it('never writes a bar longer than the terminal is wide', () => {
    const stream = recorder(true);
    progressPrinter(stream).update({ fraction: 1, step: 'x'.repeat(200) });
    expect(stream.written[0].replace('\r\u001b[2K', '').length).toBeLessThan(60);
  });

  it('writes few plain lines elsewhere, and always the last', () => {
    const stream = recorder(false);
    let nowMs = 0;
    const printer = progressPrinter(stream, () => nowMs);
    for (let i = 0; i <= 100; i++) {
      nowMs = i * 50;
      printer.update({ fraction: i / 100, step: 'Writing' });
    }
    expect(stream.written.length).toBeLessThan(6);
    expect(stream.written[0]).toBe('0 % Writing\n');
    expect(stream.written.at(-1)).toBe('100 % Writing\n');
  });
});
