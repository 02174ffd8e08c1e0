/** One simulated world's backtest on a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { backtestWorld } from './simulated.ts';

const { seed, salesADay } = workerData as { seed: number; salesADay: number };
parentPort?.postMessage(backtestWorld(seed, salesADay));
