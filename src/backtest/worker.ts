/** One simulated world's backtest as a process of its own. */
import { backtestWorld, type SimulatedBacktest } from './simulated.ts';

/** How far it is, from 0 to 1, and at last what came out. */
export type WorkerMessage = { share: number } | { result: SimulatedBacktest };

const [seed, salesADay, kind] = process.argv.slice(2);
const parent = process.ppid;
function tell(message: WorkerMessage): void {
  // All is one turn of the event loop, so that no event could say that nobody waits any more.
  if (process.ppid !== parent) process.exit(1);
  process.send?.(message);
}
tell({
  result: backtestWorld(Number(seed), Number(salesADay), {
    onShare: share => tell({ share }),
    hardships: kind === 'hard',
  }),
});
process.disconnect?.();
