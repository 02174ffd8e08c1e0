/** One simulated world's backtest as a process of its own. */
import { backtestWorld, type SimulatedBacktest } from './simulated.ts';

/** How far it is, from 0 to 1, and at last what came out. */
export type WorkerMessage = { share: number } | { result: SimulatedBacktest };

const [seed, salesADay] = process.argv.slice(2).map(Number);
// Where nobody listens any more this throws, which ends it.
const tell = (message: WorkerMessage) => process.send?.(message);
tell({ result: backtestWorld(Number(seed), Number(salesADay), share => tell({ share })) });
process.disconnect?.();
