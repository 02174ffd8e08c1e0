/** How people see colours: contrast, distance, and what the colour-blind see of them. */

type Triple = [number, number, number];

/** sRGB of `#rrggbb`, linear, each from 0 to 1. */
const linearOf = (hex: string): Triple =>
  [1, 3, 5].map(at => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as Triple;

const times = (matrix: readonly Triple[], [a, b, c]: Triple): Triple =>
  matrix.map(([x, y, z]) => x * a + y * b + z * c) as Triple;

const luminanceOf = (hex: string): number => times([[0.2126, 0.7152, 0.0722]], linearOf(hex))[0];

/** WCAG 2.2, from 1 to 21. */
export function contrastOf(one: string, other: string): number {
  const [low, high] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

export type Sight = 'normal' | 'protan' | 'deutan' | 'tritan';

/**
 * Linear sRGB as dichromats see it: Machado, Oliveira and Fernandes, "A Physiologically-based Model for
 * Simulation of Color Vision Deficiency" (2009), severity 1.
 */
const SIGHTS: Record<Exclude<Sight, 'normal'>, readonly Triple[]> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** CIE 1976 L*a*b*, of linear sRGB under D65. */
function labOf(linear: Triple): Triple {
  const xyz = times(
    [
      [0.4124564, 0.3575761, 0.1804375],
      [0.2126729, 0.7151522, 0.072175],
      [0.0193339, 0.119192, 0.9503041],
    ],
    linear.map(part => Math.min(1, Math.max(0, part))) as Triple,
  );
  const [x, y, z] = xyz.map((value, at) => {
    const t = value / ([0.95047, 1, 1.08883][at] as number);
    return t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29;
  }) as Triple;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** ΔE (CIE 1976) of two colours to somebody who sees so. */
export function distanceOf(one: string, other: string, sight: Sight = 'normal'): number {
  const seen = (hex: string) =>
    labOf(sight === 'normal' ? linearOf(hex) : times(SIGHTS[sight], linearOf(hex)));
  const [a, b] = [seen(one), seen(other)];
  return Math.hypot(...a.map((part, at) => part - (b[at] as number)));
}
