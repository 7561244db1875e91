import { readFileSync } from 'node:fs';
import type { Plane } from '#core/image/Plane';
import type { Matrix3 } from '#core/registration/Matrix3';
import type { TransformModel } from '#core/registration/TransformModel';

const FOLDER = new URL('../../fixtures/algorithms/', import.meta.url);

interface RegistrationFixture {
  readonly model: TransformModel;
  readonly reference: string;
  readonly moving: string;
  readonly truth: Matrix3;
  readonly turboReg: Matrix3;
  readonly output: string | null;
}

/** What the reference program found on synthetic planes of 256 x 256 pixels. */
export const registrationFixtures = (
  JSON.parse(readFileSync(new URL('registration.json', FOLDER), 'utf8')) as {
    readonly registration: readonly RegistrationFixture[];
  }
).registration;

function bytesOf(file: string): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = readFileSync(new URL(file, FOLDER));
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}

/** A 256 x 256 plane of 16-bit fixture samples. */
export function fixturePlane(file: string): Plane {
  return { width: 256, height: 256, data: Float32Array.from(new Uint16Array(bytesOf(file))) };
}

/** 256 x 256 float samples of a fixture. */
export function fixtureFloats(file: string): Float32Array {
  return new Float32Array(bytesOf(file));
}
