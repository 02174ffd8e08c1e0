/**
 * Shapes of the world's countries by code (Natural Earth, by world-atlas): coarse outlines, and a dot for
 * what is too small to have one.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { topojson } from 'chartjs-chart-geo';
import { round } from '../core/numbers.ts';
import { codeOf, countryCodes } from '../core/places/country.ts';
import type { Shape } from './world-config.ts';

type Ring = [number, number][];
interface Feature {
  type: 'Feature';
  id?: string;
  properties: { name: string };
  geometry: { type: 'Polygon'; coordinates: Ring[] } | { type: 'MultiPolygon'; coordinates: Ring[][] } | null;
}

/** Shapes that the atlas has apart from the country that most states count them to. */
const PARTS: Record<string, string> = { 'N. Cyprus': 'cy', Somaliland: 'so' };
const NOT_SHOWN = 'aq';
/** Longitude and latitude of what even the finer atlas has not by itself. */
const PLACES: Record<string, [number, number]> = {
  bq: [-68.3, 12.2],
  cc: [96.8, -12.2],
  cx: [105.6, -10.5],
  gf: [-53.1, 4],
  gi: [-5.3, 36.1],
  gp: [-61.5, 16.2],
  mq: [-61, 14.6],
  re: [55.5, -21.1],
  sj: [16, 78.5],
  tk: [-171.8, -9.2],
  tv: [179.2, -8.5],
  yt: [45.2, -12.8],
};
/** Degrees: two pixels on a map of 640. */
const DOT_RADIUS = 1.1;
const DOT_CORNERS = 12;

let shapes: Shape[] | undefined;

/** All shapes; read once a process (some 30 ms). A dot is to be drawn only where it has a value. */
export function worldShapes(): Shape[] {
  if (shapes) return shapes;
  const outlines = read('countries-110m.json').flatMap((feature): Shape[] => {
    const code = codeOfFeature(feature);
    return code === NOT_SHOWN || !feature.geometry
      ? []
      : [{ code, geometry: rounded(feature.geometry), dot: false }];
  });
  const outlined = new Set(outlines.map(({ code }) => code));
  const fine = new Map(read('countries-50m.json').map(feature => [codeOfFeature(feature), feature]));
  const dots = countryCodes.flatMap((code): Shape[] => {
    const at = PLACES[code] ?? middleOf(fine.get(code)?.geometry ?? null);
    return outlined.has(code) || code === NOT_SHOWN || !at ? [] : [{ code, geometry: dotAt(at), dot: true }];
  });
  shapes = [...outlines, ...dots];
  return shapes;
}

function read(file: string): Feature[] {
  const atlas = JSON.parse(
    readFileSync(createRequire(import.meta.url).resolve(`world-atlas/${file}`), 'utf8'),
  );
  return (topojson.feature(atlas, atlas.objects.countries) as unknown as { features: Feature[] }).features;
}

/** The atlas has ISO's numbers, which a locale's region turns to letters. */
function codeOfFeature({ id, properties: { name } }: Feature): string {
  const letters = id && new Intl.Locale(`und-${id}`).region?.toLowerCase();
  if (letters && countryCodes.includes(letters)) return letters;
  return PARTS[name] ?? codeOf(name) ?? '';
}

/** Hundredths of a degree are a fiftieth of a pixel. */
function rounded(geometry: NonNullable<Feature['geometry']>): Shape['geometry'] {
  const roundRing = (ring: Ring): Ring => ring.map(([x, y]) => [round(x), round(y)]);
  return geometry.type === 'Polygon'
    ? { type: 'Polygon', coordinates: geometry.coordinates.map(roundRing) }
    : { type: 'MultiPolygon', coordinates: geometry.coordinates.map(rings => rings.map(roundRing)) };
}

/** Of the largest part's corners: near enough for a dot. */
function middleOf(geometry: Feature['geometry']): [number, number] | undefined {
  const rings =
    geometry?.type === 'Polygon' ? [geometry.coordinates[0]] : geometry?.coordinates.map(([ring]) => ring);
  const ring = rings?.toSorted((a, b) => (b?.length ?? 0) - (a?.length ?? 0))[0];
  if (!ring || ring.length === 0) return undefined;
  const mean = (axis: 0 | 1) => ring.reduce((sum, corner) => sum + corner[axis], 0) / ring.length;
  return [mean(0), mean(1)];
}

/** Clockwise, as d3-geo tells a shape's inside from the rest of the world. */
function dotAt([longitude, latitude]: [number, number]): Shape['geometry'] {
  const stretch = Math.cos((latitude * Math.PI) / 180);
  const ring = Array.from({ length: DOT_CORNERS + 1 }, (_, corner): [number, number] => {
    const angle = (-2 * Math.PI * (corner % DOT_CORNERS)) / DOT_CORNERS;
    return [
      round(longitude + (DOT_RADIUS * Math.cos(angle)) / stretch),
      round(latitude + DOT_RADIUS * Math.sin(angle)),
    ];
  });
  return { type: 'Polygon', coordinates: [ring] };
}
