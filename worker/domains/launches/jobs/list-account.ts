import { z } from 'zod';
import type { Context } from '../../../kernel/context.ts';
import { defineJob, type Job } from '../../../kernel/define-job.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { listStrays } from '../engine/list-strays.ts';
import { openAccount } from '../engine/open-run.ts';
import { endListing, takeListing } from '../engine/sweep-times.ts';

/** A listing whose message was lost begins again after this. */
const LEASE_MS = 600_000;
const NEXT_LEG_SECONDS = 60;

const input = z.object({
  accountId: z.string(),
  /** Where the last leg stopped, and the instant that says whose turn it is; absent = from the beginning. */
  from: z
    .object({
      kind: z.enum(['campaign', 'ad_set', 'creative', 'ad']),
      after: z.string().nullable(),
      startedAt: z.iso.datetime(),
      turn: z.iso.datetime(),
    })
    .optional(),
});

/** Lists an ad account for objects that carry a token no row of ours holds, a bounded piece at a time. */
export const listAccount: Job<z.infer<typeof input>> = defineJob({
  name: 'list-account',
  queue: 'launch',
  input,
  async run(ctx: Context, { accountId, from }): Promise<void> {
    const run = await openAccount(ctx, accountId);
    if (run === null) return;
    const until = new Date(ctx.now().getTime() + LEASE_MS);
    if (!(await takeListing(run, from ? new Date(from.turn) : null, until))) return;
    const left = await listStrays(run, from ?? null).catch((error: unknown) => {
      if (!(error instanceof PlatformError)) throw error;
      ctx.log.warn('account.listing_broken', { account: accountId, failure: error.failure });
      return undefined;
    });
    if (left === undefined) return; // begun again when the lease ends
    if (left === null) return endListing(run, until);
    await ctx.transaction((tx) =>
      tx.enqueue(listAccount, { accountId, from: { ...left, turn: until.toISOString() } }, { delaySeconds: NEXT_LEG_SECONDS }),
    );
  },
});
