/** An Answer as the JSON of the contract: the same text from the API and the command line. */
import type { Answer } from '../core/answer.ts';

export const renderJson = (answer: Answer): string => `${JSON.stringify(answer, null, 2)}\n`;
