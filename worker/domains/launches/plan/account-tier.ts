import type { Context } from '../../../kernel/context.ts';

/** The access tier the platform last named for this account; null = not heard yet, or the pacer cannot be asked. */
export async function accountTier(ctx: Context, platform: string, externalId: string): Promise<string | null> {
  const { RATE_BUDGET } = ctx.ports.bindings;
  try {
    return await RATE_BUDGET.get(RATE_BUDGET.idFromName(`${platform}:${externalId}`)).tier();
  } catch {
    return null; // an estimate is a courtesy
  }
}
