/**
 * The methods that a backtest compares: ours, the sketch with its variants, and what one would try first.
 * Another is one more entry here.
 */
import type { Method } from './methods/method.ts';
import { ours, tried } from './methods/ours.ts';
import { simple } from './methods/simple.ts';
import { sketches } from './methods/sketch.ts';

export const METHODS: readonly Method[] = [ours, ...sketches, ...tried, ...simple];
