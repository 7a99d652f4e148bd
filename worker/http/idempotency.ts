import { and, eq, sql } from 'drizzle-orm';
import type { AnyContract } from '#shared/contracts/define-contract.ts';
import { canonicalJson } from '#shared/rules/canonical-json.ts';
import { idempotencyKeys } from '#schema/index.ts';
import { sha256Hex } from '../kernel/bytes.ts';
import { actorName, type Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';

const IDEMPOTENCY_KEY = 'idempotency-key';
/** Printable ASCII: what a header carries without harm. */
const SHAPE = /^[\x20-\x7e]{1,200}$/;
/** How long a second call waits for the first one's answer before it is told to come again. */
const PATIENCE_MS = 5_000;
const LOOK_EVERY_MS = 100;
/** A call that is not through by then was lost in a crash; its key is free again if it did nothing. */
const LOST_AFTER_MS = 60_000;
const KEPT_FOR = '24 hours';

type SetHeader = (name: string, value: string) => void;
interface Kept {
  body: unknown;
  headers: [name: string, value: string][];
}
interface Call {
  contract: AnyContract;
  request: Request;
  /** Params, query and body as they were understood. */
  input: unknown;
  setHeader: SetHeader;
}

/**
 * Runs a writing call once for each Idempotency-Key of its caller: the same call with the same key gets the first one's answer, sealed
 * meanwhile, for a day. Every transaction of the call marks the key: what took effect is never done again, even when its answer was lost.
 * A call that was refused did nothing and frees its key.
 * @throws conflict for another call with the same key, or while the first one is still at work
 */
export async function once<T>(ctx: Context, call: Call, run: (ctx: Context, setHeader: SetHeader) => Promise<T>): Promise<T> {
  const given = call.contract.method === 'GET' ? null : call.request.headers.get(IDEMPOTENCY_KEY);
  if (given === null) return run(ctx, call.setHeader);
  if (!SHAPE.test(given))
    throw new AppError('invalid_input', 'The Idempotency-Key must have 1 to 200 printable characters.', {
      fields: [{ path: 'Idempotency-Key', message: 'Use a random id of up to 200 characters.' }],
    });
  const key = `${actorName(ctx.actor)}:${given}`;
  const requestHash = await sha256Hex(
    canonicalJson([call.contract.method, call.contract.path, JSON.parse(JSON.stringify(call.input)) as unknown]),
  );
  const at = await claim(ctx, key, requestHash);
  if (at === null) {
    const kept = await firstAnswer(ctx, key, requestHash);
    for (const [name, value] of kept.headers) call.setHeader(name, value);
    call.setHeader('idempotent-replayed', 'true');
    return kept.body as T;
  }
  const mine = and(eq(idempotencyKeys.organizationId, ctx.organizationId), eq(idempotencyKeys.key, key), eq(idempotencyKeys.at, at));
  const headers: Kept['headers'] = [];
  const noting: SetHeader = (name, value) => {
    headers.push([name, value]);
    call.setHeader(name, value);
  };
  const marking: Context = {
    ...ctx,
    transaction: (work) =>
      ctx.transaction(async (tx) => {
        const result = await work(tx);
        await tx.sql.update(idempotencyKeys).set({ tookEffect: true }).where(mine);
        return result;
      }),
  };
  try {
    const body = await run(marking, noting);
    await keep(ctx, key, mine, { body, headers }, call.contract.status ?? 200);
    return body;
  } catch (error) {
    // What broke for a reason we do not know may still take effect: its key waits until that is sure.
    if (error instanceof AppError && error.code !== 'internal')
      await ctx.read((q) => q.delete(idempotencyKeys).where(and(mine, eq(idempotencyKeys.tookEffect, false))));
    throw error;
  }
}

const placeOf = (ctx: Context, key: string) => ({
  organizationId: ctx.organizationId,
  table: 'idempotency_keys',
  column: 'answer',
  row: key,
});

/** Takes the key if it is new, lost by a crash, or a day old; null = somebody has it. The instant is the claim's own mark. */
async function claim(ctx: Context, key: string, requestHash: string): Promise<Date | null> {
  const at = ctx.now();
  const { rows } = await ctx.read((q) =>
    q.execute(sql`
      insert into idempotency_keys as k (organization_id, key, request_hash, at) values (${ctx.organizationId}, ${key}, ${requestHash}, ${at.toISOString()})
      on conflict (organization_id, key) do update
        set request_hash = excluded.request_hash, at = excluded.at, status = null, answer = null, response = null, took_effect = false
        where (k.status is null and not k.took_effect and k.at < excluded.at - ${LOST_AFTER_MS} * interval '1 millisecond') or k.at < excluded.at - ${KEPT_FOR}::interval
      returning k.key`),
  );
  return rows.length > 0 ? at : null;
}

async function firstAnswer(ctx: Context, key: string, requestHash: string): Promise<Kept> {
  const until = ctx.now().getTime() + PATIENCE_MS;
  for (;;) {
    const [row] = await ctx.read((q) =>
      q
        .select()
        .from(idempotencyKeys)
        .where(and(eq(idempotencyKeys.organizationId, ctx.organizationId), eq(idempotencyKeys.key, key))),
    );
    if (row && row.requestHash !== requestHash)
      throw new AppError(
        'conflict',
        'This Idempotency-Key was used for another request. Nothing was done; use a new key for a new request.',
      );
    if (row && row.status !== null && row.answer !== null)
      return JSON.parse(await ctx.ports.keyRing.unseal(placeOf(ctx, key), row.answer)) as Kept;
    if (!row || ctx.now().getTime() > until) break;
    if (row.tookEffect && row.at.getTime() < ctx.now().getTime() - LOST_AFTER_MS)
      throw new AppError(
        'conflict',
        'The first request with this Idempotency-Key took effect, but its answer was lost. Nothing was done again; look at what it made.',
      );
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new AppError(
    'conflict',
    'The first request with this Idempotency-Key is still at work. Send it again in a moment; nothing was done twice.',
    {
      retryAfterSeconds: 2,
    },
  );
}

/** The call is done by now: an answer that cannot be kept is logged and given all the same. */
async function keep(ctx: Context, key: string, mine: ReturnType<typeof and>, answer: Kept, status: number): Promise<void> {
  try {
    const sealed = await ctx.ports.keyRing.seal(placeOf(ctx, key), JSON.stringify(answer));
    await ctx.read((q) => q.update(idempotencyKeys).set({ status, answer: sealed, tookEffect: true }).where(mine));
  } catch (error) {
    ctx.log.error('idempotency.not_kept', error);
  }
}
