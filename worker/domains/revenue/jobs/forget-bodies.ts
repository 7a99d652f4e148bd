import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '../../../kernel/context.ts';
import { defineJob, type Job } from '../../../kernel/define-job.ts';
import { dropRaw, keptRaw, readRaw, type RawPointer } from '../../../kernel/raw-webhooks.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { storePlatform } from '../../../platforms/stores/registry.ts';
import { erasedAmong, erasureKeys, subjectOf } from '../privacy/erasures.ts';

/** Each body is a read of its own; a run stays far below what one may make. */
const BODIES_PER_RUN = 200;

export interface Input {
  shop: string;
  /** All of the shop's bodies, as long as nobody is connected to it. */
  whole?: boolean | undefined;
  cursor?: string | undefined;
}

/** Deletes the kept webhook bodies of a shop that speak of somebody who was forgotten, some at a time. */
export const forgetBodies: Job<Input> = defineJob<Input>({
  name: 'forget-bodies',
  queue: 'job',
  input: z.object({ shop: z.string(), whole: z.boolean().optional(), cursor: z.string().optional() }),
  async run(ctx, { shop, whole = false, cursor }) {
    if (whole && (await isConnected(ctx, shop))) return;
    const page = await keptRaw(ctx.ports, 'shopify', shop, { limit: BODIES_PER_RUN, cursor });
    const bodies: { pointer: RawPointer; keys: Awaited<ReturnType<typeof erasureKeys>> }[] = [];
    for (const pointer of page.pointers) bodies.push({ pointer, keys: whole ? [] : await keysOf(ctx, shop, pointer) });
    const erased = await erasedAmong(
      ctx,
      bodies.flatMap((body) => body.keys),
    );
    const gone = bodies.filter((body) => whole || body.keys.some((key) => erased.has(key.keyHash)));
    for (const { pointer } of gone) await dropRaw(ctx.ports, pointer);
    if (gone.length > 0) ctx.log.info('privacy.bodies_dropped', { bodies: gone.length });
    const next = page.cursor;
    if (next !== null) await ctx.transaction((tx) => tx.enqueue(forgetBodies, { shop, whole, cursor: next }));
  },
});

async function keysOf(ctx: Context, shop: string, pointer: RawPointer) {
  const delivery = await readRaw(ctx.ports, pointer);
  if (!delivery) return [];
  try {
    return await erasureKeys(ctx, shop, subjectOf(storePlatform('shopify').readEvent(delivery.raw, delivery.headers)));
  } catch (error) {
    // Nobody can say whose a body is that cannot be read; it goes with its time.
    if (error instanceof PlatformError) return [];
    throw error;
  }
}

async function isConnected(ctx: Context, shop: string): Promise<boolean> {
  const { rows } = await ctx.ports.database
    .within({})
    .read((q) => q.execute(sql`select connection_id from route_connection('shopify', ${shop})`));
  return rows.length > 0;
}
