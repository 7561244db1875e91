import { expect, it, vi } from 'vitest';

const loaded = vi.hoisted(() => ({ times: 0 }));
vi.mock(import('onnxruntime-node'), async (original) => {
  loaded.times++;
  return original();
});

it('loads the runtime only when a session is made', async () => {
  await import('#core/host/runtime/onnxTasks');
  await import('#core/host/runtime/createOnnxExecutor');
  expect(loaded.times).toBe(0);
  const { sessionInPlace } = await import('#core/host/runtime/onnxSession');
  await expect(sessionInPlace(new Uint8Array(4), 'cpu', 1)).rejects.toThrow();
  expect(loaded.times).toBe(1);
});
