/**
 * The world's shapes as they lie on a map: brought into the plane once a process, since Chart.js would
 * project them five times a map.
 */
import { geoEqualEarth, geoIdentity, geoStream } from 'd3-geo';
import { worldShapes } from '../world.ts';
import { ROTATION, type Shape, type World } from '../world-config.ts';

type Ring = [number, number][];

let shapes: Shape[] | undefined;

/** Equal Earth, some 960 pixels wide; the projection only moves it and makes it larger or smaller. */
export function flatWorld(): World {
  shapes ??= worldShapes().map(shape => ({
    ...shape,
    geometry: { type: 'Polygon', coordinates: ringsOf(shape) },
  }));
  return { shapes, projection: geoIdentity() };
}

/** All rings of a shape, torn where the map is cut; as one path it does not matter which is within which. */
function ringsOf({ geometry }: Shape): Ring[] {
  const rings: Ring[] = [];
  let ring: Ring = [];
  const stream = geoEqualEarth()
    .rotate(ROTATION)
    .stream({
      point: (x, y) => {
        ring.push([x, y]);
      },
      lineStart: () => {
        ring = [];
      },
      lineEnd: () => {
        rings.push([...ring, ...ring.slice(0, 1)]);
      },
      polygonStart: () => {},
      polygonEnd: () => {},
    });
  geoStream(geometry, stream);
  return rings;
}
