/** How concentrated the sales of the genres or artists of an answer are, as data of its rows. */
import type { Column, Concentration, Row } from '../../core/answer.ts';
import { round } from '../../core/numbers.ts';
import { isNarrow } from '../../core/small-cells.ts';
import { toIso } from '../../core/time/instant.ts';
import { lengthOf } from '../../core/time/window.ts';
import type { Reader } from '../../db/connect.ts';
import { allSold, type Sold, type SoldWhen, soldWhen } from '../../db/read/concentration.ts';
import type { OfBuyersOrSellers } from '../../db/read/trends.ts';
import { canBeConcentrated, concentratedBy } from '../../stats/concentration.ts';
import type { Frame } from './definition.ts';

/**
 * How concentrated the sales of each of these genres or artists are, by its number: busiest hour, first
 * country, share that counts. Who sold to too few to be told is left out. What all sold is read only where
 * it decides.
 */
export async function concentrations(
  db: Reader,
  of: Sold,
  { window }: Pick<Frame, 'window'>,
  who: OfBuyersOrSellers = {},
): Promise<Map<number, Concentration>> {
  const { country } = who;
  const sold = await soldWhen(db, of, window, who);
  const length = lengthOf(window);
  const isDecided = [...sold.values()].every(one => !canBeConcentrated(spreadOf(one), length));
  const all = isDecided ? null : await allSold(db, window, country);
  // Each checkout of an artist counts, so that of everything all does.
  const counted = all && 'tagIds' in of ? all.counted / Math.max(1, all.sales) : 1;
  const withheld = 'artistIds' in of && isNarrow({ window, country });
  return new Map(
    [...sold]
      .filter(([, { few }]) => !(withheld && few))
      .map(([id, one]) => {
        const first = one.firstCountry;
        const ofAll = first && all ? (all.byCountry.get(first.code) ?? 0) / Math.max(1, all.sales) : 0;
        const by = all ? concentratedBy(spreadOf(one), { counted, country: ofAll }, length) : [];
        return [id, dataOf(one, by)];
      }),
  );
}

const spreadOf = ({ seen, counted, busiestHour, firstCountry }: SoldWhen) => ({
  seen,
  counted,
  hour: busiestHour?.sales ?? null,
  country: firstCountry?.sales ?? null,
});

function dataOf(
  { seen, counted, busiestHour, firstCountry }: SoldWhen,
  by: Concentration['concentratedBy'],
): Concentration {
  const share = (sales: number) => ({ sales, share: round(sales / seen, 3) });
  return {
    counted,
    seen,
    busiestHour: busiestHour && { at: toIso(busiestHour.at), ...share(busiestHour.sales) },
    firstCountry: firstCountry && { code: firstCountry.code, ...share(firstCountry.sales) },
    concentrated: by.length > 0,
    concentratedBy: by,
  };
}

/** The column of what is concentrated: seen where anything is, else for programs alone. */
export const concentrationColumn = (rows: readonly Row[]): Column => ({
  key: 'reason',
  label: 'Why',
  kind: 'concentration',
  ...(rows.some(({ reason }) => isConcentrated(reason)) ? {} : { only: 'data' }),
});

const isConcentrated = (reason: Row[string] | undefined): boolean =>
  typeof reason === 'object' && reason !== null && reason.concentrated;
