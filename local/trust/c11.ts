import { rotateUnderLoad } from './rotate-under-load.ts';
import type { TrustRow } from './trust-row.ts';

const RATE = 220;
/** A loaded machine of two cores still answers so many. */
const CI_RATE = 40;

export const rotation: TrustRow = {
  row: 'C11',
  promise: 'keys that wrap, sign and prove are changed under load without a failed request, and the old one opens nothing',
  async run({ stack, scaled, say }) {
    const figures = await rotateUnderLoad(stack, Math.max(CI_RATE, scaled(RATE)), say);
    return { ok: figures['failed'] === 0 && figures['left'] === 0 && figures['oldKeyUnableToDecrypt'] === true, figures };
  },
};
