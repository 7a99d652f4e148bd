import { CI_RATE, FULL_RATE, rotateUnderLoad } from './rotate-under-load.ts';
import type { TrustRow } from './trust-row.ts';

export const rotation: TrustRow = {
  row: 'C11',
  promise: 'keys that wrap, sign and prove are changed under load without a failed request, and the old one opens nothing',
  run: ({ stack, scaled, say }) => rotateUnderLoad(stack, scaled(FULL_RATE.least) === FULL_RATE.least ? FULL_RATE : CI_RATE, say),
};
