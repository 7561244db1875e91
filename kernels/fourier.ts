// Stages of Stockham's Fourier transform of lines that lie side by side; numbers are complex, (re, im), two in
// a vector. Each stage makes transforms over `radix` numbers that lie `blocks * stride` bytes apart;
// `twiddles` holds for every block its factors of the outputs 1 to radix - 1 as (re, re, -im, im).

export function fourier2(from: usize, to: usize, blocks: i32, stride: i32, twiddles: usize): void {
  const apart: usize = blocks * stride;
  for (let block = 0; block < blocks; block++, twiddles += 16) {
    for (const end = from + stride; from < end; from += 16, to += 16) {
      const a = v128.load(from);
      const b = v128.load(from + apart);
      v128.store(to, f32x4.add(a, b));
      v128.store(to + stride, turned(f32x4.sub(a, b), twiddles));
    }
    to += stride;
  }
}

export function fourier3(from: usize, to: usize, blocks: i32, stride: i32, twiddles: usize): void {
  const apart: usize = blocks * stride;
  const half = f32x4.splat(0.5);
  const sine = f32x4(SIN_60, -SIN_60, SIN_60, -SIN_60);
  for (let block = 0; block < blocks; block++, twiddles += 32) {
    for (const end = from + stride; from < end; from += 16, to += 16) {
      const a = v128.load(from);
      const b = v128.load(from + apart);
      const c = v128.load(from + 2 * apart);
      const sum = f32x4.add(b, c);
      const middle = f32x4.sub(a, f32x4.mul(half, sum));
      const side = f32x4.mul(sine, swapped(f32x4.sub(b, c)));
      v128.store(to, f32x4.add(a, sum));
      v128.store(to + stride, turned(f32x4.add(middle, side), twiddles));
      v128.store(to + 2 * stride, turned(f32x4.sub(middle, side), twiddles + 16));
    }
    to += 2 * stride;
  }
}

export function fourier4(from: usize, to: usize, blocks: i32, stride: i32, twiddles: usize): void {
  const apart: usize = blocks * stride;
  const minusI = f32x4(1, -1, 1, -1);
  for (let block = 0; block < blocks; block++, twiddles += 48) {
    for (const end = from + stride; from < end; from += 16, to += 16) {
      const x0 = v128.load(from);
      const x1 = v128.load(from + apart);
      const x2 = v128.load(from + 2 * apart);
      const x3 = v128.load(from + 3 * apart);
      const a = f32x4.add(x0, x2);
      const b = f32x4.sub(x0, x2);
      const c = f32x4.add(x1, x3);
      const d = f32x4.mul(minusI, swapped(f32x4.sub(x1, x3)));
      v128.store(to, f32x4.add(a, c));
      v128.store(to + stride, turned(f32x4.add(b, d), twiddles));
      v128.store(to + 2 * stride, turned(f32x4.sub(a, c), twiddles + 16));
      v128.store(to + 3 * stride, turned(f32x4.sub(b, d), twiddles + 32));
    }
    to += 3 * stride;
  }
}

export function fourier5(from: usize, to: usize, blocks: i32, stride: i32, twiddles: usize): void {
  const apart: usize = blocks * stride;
  for (let block = 0; block < blocks; block++, twiddles += 64) {
    for (const end = from + stride; from < end; from += 16, to += 16) {
      const a = v128.load(from);
      const b = v128.load(from + apart);
      const c = v128.load(from + 2 * apart);
      const d = v128.load(from + 3 * apart);
      const e = v128.load(from + 4 * apart);
      const outer = f32x4.add(b, e);
      const inner = f32x4.add(c, d);
      const acrossOuter = f32x4.sub(b, e);
      const acrossInner = f32x4.sub(c, d);
      const m1 = f32x4.add(a, weighed(outer, COS_72, inner, COS_144));
      const m2 = f32x4.add(a, weighed(outer, COS_144, inner, COS_72));
      const minusI = f32x4(1, -1, 1, -1);
      const n1 = f32x4.mul(minusI, swapped(weighed(acrossOuter, SIN_72, acrossInner, SIN_144)));
      const n2 = f32x4.mul(minusI, swapped(weighed(acrossOuter, SIN_144, acrossInner, -SIN_72)));
      v128.store(to, f32x4.add(a, f32x4.add(outer, inner)));
      v128.store(to + stride, turned(f32x4.add(m1, n1), twiddles));
      v128.store(to + 2 * stride, turned(f32x4.add(m2, n2), twiddles + 16));
      v128.store(to + 3 * stride, turned(f32x4.sub(m2, n2), twiddles + 32));
      v128.store(to + 4 * stride, turned(f32x4.sub(m1, n1), twiddles + 48));
    }
    to += 4 * stride;
  }
}

const SIN_60: f32 = 0.8660254037844386;
const COS_72: f32 = 0.30901699437494745;
const COS_144: f32 = -0.8090169943749475;
const SIN_72: f32 = 0.9510565162951535;
const SIN_144: f32 = 0.5877852522924731;

/** Times the factor at `twiddle`. */
function turned(numbers: v128, twiddle: usize): v128 {
  const re = v128.load64_splat(twiddle);
  const im = v128.load64_splat(twiddle, 8);
  return f32x4.add(f32x4.mul(numbers, re), f32x4.mul(swapped(numbers), im));
}

/** Real and imaginary parts in each other's place. */
function swapped(numbers: v128): v128 {
  return v128.shuffle<f32>(numbers, numbers, 1, 0, 3, 2);
}

function weighed(one: v128, share: f32, other: v128, otherShare: f32): v128 {
  return f32x4.add(f32x4.mul(one, f32x4.splat(share)), f32x4.mul(other, f32x4.splat(otherShare)));
}
