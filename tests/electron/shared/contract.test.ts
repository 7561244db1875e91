import { describe, expect, it } from 'vitest';
import { REQUEST_NAMES } from '#electron/shared/channels';
import {
  mainEventSchema,
  portMessageSchema,
  replySchema,
  requests,
} from '#electron/shared/contract';
import { toWireError } from '#core/command/wireError';
import { AxialError } from '#core/util/errors';
import { goldenRequests, refusedRequests } from '#tests/electron/fixtures/messages';

describe('the contract between page and main', () => {
  it('has a schema for every channel and no channel without one', () => {
    expect(Object.keys(requests).toSorted()).toEqual([...REQUEST_NAMES].toSorted());
  });

  it.each(REQUEST_NAMES)('understands %s as it was agreed', (name) => {
    expect(requests[name].input.parse(goldenRequests[name])).toEqual(goldenRequests[name]);
  });

  it.each(refusedRequests)('refuses %s with %s', (name, _reason, message) => {
    expect(requests[name].input.safeParse(message).success).toBe(false);
  });

  it('carries an expected failure with tag, remedy, details and causes', () => {
    const error = new AxialError('FileAccessError', 'No.', 'Choose another.', {
      details: { path: '/x' },
      cause: new Error('EACCES'),
    });
    expect(replySchema.parse({ ok: false, error: toWireError(error) })).toEqual({
      ok: false,
      error: {
        tag: 'FileAccessError',
        message: 'No.',
        remedy: 'Choose another.',
        details: { path: '/x' },
        causes: ['EACCES'],
      },
    });
  });

  it('refuses an answer that is neither value nor failure', () => {
    expect(replySchema.safeParse({ ok: true, error: {} }).success).toBe(false);
    expect(replySchema.safeParse({ ok: false, error: { tag: 'Odd' } }).success).toBe(false);
  });

  it('refuses events that main never sends', () => {
    expect(mainEventSchema.safeParse({ kind: 'menu', id: 'file.open' }).success).toBe(true);
    expect(mainEventSchema.safeParse({ kind: 'run', code: 'alert(1)' }).success).toBe(false);
    expect(mainEventSchema.safeParse({ kind: 'openFiles', paths: [''] }).success).toBe(false);
  });

  it('refuses a port that comes under another name', () => {
    expect(portMessageSchema.safeParse({ channel: 'axial:enginePort', nonce: 'n' }).success).toBe(
      true,
    );
    expect(portMessageSchema.safeParse({ channel: 'other', nonce: 'n' }).success).toBe(false);
  });
});
