import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import type { rewrapSealedKeys as contract } from '#shared/contracts/operations.ts';
import type { Context } from '../../../kernel/context.ts';
import { rewrapKeysRef } from '../jobs/rewrap-keys.ts';
import { readSealedKeys } from './read-sealed-keys.ts';

/** Asks for the work and says how much there is. */
export async function rewrapSealedKeys(staff: Context): Promise<ResponseOf<typeof contract>> {
  await staff.transaction(async (tx) => {
    await tx.enqueue(rewrapKeysRef, { everywhere: true });
    await tx.audit('keys.rewrap_asked', null);
  });
  return { left: (await readSealedKeys(staff.ports)).left };
}
