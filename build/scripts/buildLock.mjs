import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { dist } from './paths.mjs';

const lock = join(dist, '.building');
const WAIT_MS = 100;

/** Runs `work` while no other process builds: several commands may find a stale build at once. */
export async function withBuildLock(work) {
  mkdirSync(dist, { recursive: true });
  while (!take()) {
    if (!isHeld()) rmSync(lock, { force: true });
    else await wait(WAIT_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Whether the process that took the lock still runs. An unreadable lock is just being written. */
function isHeld() {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    if (pid > 0) process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}
