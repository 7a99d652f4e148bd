import { walkTenancy } from '../tenancy-walk.ts';
import type { TrustRow } from './trust-row.ts';

/** Each role at each route: what it is told is what the checked-in matrix says, and the document is that matrix. */
export const roleMatrix: TrustRow = {
  row: 'C3',
  promise: 'the role matrix is the document',
  async run({ say }) {
    const found = walkTenancy('');
    for (const line of found?.roles?.wrong.slice(0, 10) ?? []) say(line);
    const differences = found?.roles?.wrong.length ?? -1;
    return {
      ok: differences === 0 && found?.walk.leaks.length === 0,
      figures: { routes: found?.roles?.routes ?? 0, pairs: found?.roles?.pairs ?? 0, differences, leaks: found?.walk.leaks.length ?? -1 },
    };
  },
};
