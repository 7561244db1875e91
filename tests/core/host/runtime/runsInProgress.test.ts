import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { runsEnded, trackRun } from '#core/host/runtime/runsInProgress';

describe('runsEnded', () => {
  it('says at once that nothing runs', async () => expect(await runsEnded(0)).toBe(true));

  it('waits for what runs, however it ends, but no longer than asked', async () => {
    const failing = trackRun(wait(60).then(() => Promise.reject(new Error('no'))));
    expect(await runsEnded(5)).toBe(false);
    await expect(failing).rejects.toThrow('no');
    trackRun(wait(20));
    expect(await runsEnded(5000)).toBe(true);
  });
});
