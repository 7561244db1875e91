import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/** Runs a program that prints one JSON document; its messages go to our standard error. */
export function runJson(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const text = Buffer.concat(chunks).toString();
      resolve({ code: code ?? 1, value: code === 0 ? JSON.parse(text) : null });
    });
  });
}
