/**
 * Puts shapes into a map's configuration, which names countries by code: what our renderer and our pages do
 * alike before they draw.
 */

/** One shape of a country; some have several. `''` is land of no country. */
export interface Shape {
  code: string;
  geometry:
    | { type: 'Polygon'; coordinates: [number, number][][] }
    | { type: 'MultiPolygon'; coordinates: [number, number][][][] };
  /** Drawn only where it has a value. */
  dot: boolean;
}

/** What a map is drawn with. */
export interface World {
  shapes: readonly Shape[];
  /** What brings the shapes onto a map, of d3; new for each map, since it is fitted to it. */
  projection: unknown;
}

/** Degrees: the map is cut in the Bering Strait, so that neither Chukotka nor Fiji is torn. */
export const ROTATION: [number, number] = [-11, 0];

interface MapConfig {
  data: { labels?: unknown[]; datasets: { data: unknown[]; backgroundColor?: unknown }[] };
  options?: { plugins?: { world?: { land?: unknown } }; scales?: object };
}

/**
 * The same with a feature for each shape, as chartjs-chart-geo wants them. Labels stay codes, one for each
 * feature. A code that no shape has is left out.
 */
export function withWorld<Config extends MapConfig>(config: Config, { shapes, projection }: World): Config {
  const { labels = [], datasets } = config.data;
  const land = config.options?.plugins?.world?.land ?? '#e5e5e5';
  const drawn = shapes.filter(({ code, dot }) => !dot || labels.includes(code));
  const features = drawn.map(({ geometry }) => ({ type: 'Feature', properties: {}, geometry }));
  const [dataset] = datasets;
  const colors: unknown = dataset?.backgroundColor;
  const index = drawn.map(({ code }) => labels.indexOf(code));
  return {
    ...config,
    options: {
      ...config.options,
      scales: {
        ...config.options?.scales,
        projection: { axis: 'x', projection },
      },
    },
    data: {
      labels: drawn.map(({ code }) => code),
      datasets: [
        {
          ...dataset,
          // Shapes that were brought into the plane have no meridians around them.
          showGraticule: false,
          outline: features.filter((_, at) => !drawn[at]?.dot),
          data: features.map((feature, at) => ({ feature, value: dataset?.data[index[at] as number] ?? 0 })),
          // Without colours of its own the map is shaded by chartjs-chart-geo's scale.
          ...(Array.isArray(colors) && { backgroundColor: index.map(at => colors[at] ?? land) }),
        },
      ],
    },
  };
}
