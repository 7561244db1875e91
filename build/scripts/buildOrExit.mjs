import { buildIfStale } from './buildIfStale.mjs';

/** Builds, and ends the program with what the bundler said when the sources do not build. */
export async function buildOrExit(names, options) {
  try {
    await buildIfStale(names, options);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
