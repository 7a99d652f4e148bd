import { and, eq, isNull, sql } from 'drizzle-orm';
import { webhookAttempts, webhookDeliveries, webhookEndpoints } from '#schema/index.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import { defineJob } from '../../../kernel/define-job.ts';
import { sendToAddress, type Outcome } from '../../../kernel/egress.ts';
import { deliverRef } from '../webhooks-out/emit-event.ts';
import { secretPlace, signatures } from '../webhooks-out/endpoint-secret.ts';
import { failPending } from '../webhooks-out/fail-pending.ts';
import { tellOff } from '../webhooks-out/tell-off.ts';

const HOUR_MS = 3_600_000;
/** Waits after the first, second … failure; a delivery that fails once more has failed for good (Standard Webhooks 1.0). */
const RETRY_MS = [5_000, 300_000, 0.5 * HOUR_MS, 2 * HOUR_MS, 5 * HOUR_MS, 10 * HOUR_MS, 10 * HOUR_MS];
const OFF_AFTER_MS = 120 * HOUR_MS;
const TIMEOUT_MS = 15_000;
/** A claim that is not concluded by then was lost in a crash. */
const LEASE_MS = 60_000;
/** One message works so long at one endpoint, then goes to the end of the queue. */
const TURN_MS = 20_000;
/** A receiver that failed is left alone so long: one that never answers takes a twelfth of a minute's time-outs, not all of them. */
const REST_MS = 5_000;
/** A wait that the cron, which comes each minute, would stretch. */
const SHORT_MS = 60_000;

type Claimed = {
  id: string;
  attempts: number;
  by_hand: boolean;
  event_id: string;
  type: string;
  data: unknown;
  at: string;
  url: string;
  secret: string;
  previous_secret: string | null;
};

/**
 * Sends what is due at one endpoint, oldest first. At most two such runs work at an endpoint at a time, one at an endpoint that fails, and
 * a failure ends the turn: others' deliveries wait for a slow receiver at most one time-out long.
 */
export const deliverWebhooks = defineJob({
  ...deliverRef,
  async run(ctx, { endpointId }) {
    const until = ctx.now().getTime() + TURN_MS;
    for (;;) {
      const claimed = await claim(ctx, endpointId);
      if (!claimed) return closeIfOff(ctx, endpointId);
      const outcome = await send(ctx, endpointId, claimed);
      const worked = outcome.error === null && outcome.status !== null && outcome.status >= 200 && outcome.status < 300;
      await ctx.transaction((tx) =>
        worked ? concludeDelivered(ctx, tx, endpointId, claimed, outcome) : concludeFailed(ctx, tx, endpointId, claimed, outcome),
      );
      ctx.log.info('webhook_out', { endpoint: endpointId, status: outcome.status, outcome: outcome.error ?? 'answered', ms: outcome.ms });
      if (!worked || ctx.now().getTime() > until) return askForMore(ctx, endpointId, worked ? 1 : REST_MS / 1000);
    }
  },
});

/** The claim moves `next_attempt_at` by compare-and-set: of any number of runs one gets the delivery. */
async function claim(ctx: Context, endpointId: string): Promise<Claimed | null> {
  const now = sql`${ctx.now().toISOString()}::timestamptz`;
  const lease = sql`${new Date(ctx.now().getTime() + LEASE_MS).toISOString()}::timestamptz`;
  const { rows } = await ctx.read((q) =>
    q.execute<Claimed>(sql`
      update webhook_deliveries d set attempts = d.attempts + 1, claimed_until = ${lease}, next_attempt_at = ${lease}
      from webhook_endpoints e, webhook_events v
      where d.id = (
          select o.id from webhook_deliveries o join webhook_endpoints r on r.id = o.endpoint_id
          where o.organization_id = ${ctx.organizationId} and o.endpoint_id = ${endpointId} and o.state = 'pending' and o.next_attempt_at <= ${now}
            and (o.by_hand or r.rest_until is null or r.rest_until <= ${now})
          order by o.by_hand desc, o.next_attempt_at, o.id limit 1 for update of o skip locked
        )
        and e.id = d.endpoint_id and e.disabled is null and v.id = d.event_id
        and (select count(*) from webhook_deliveries b where b.organization_id = ${ctx.organizationId} and b.endpoint_id = ${endpointId}
          and b.state = 'pending' and b.claimed_until > ${now}) < case when e.failing_since is null then 2 else 1 end
      returning d.id, d.attempts, d.by_hand, d.event_id, v.type, v.data, v.at, e.url, e.secret,
        case when e.previous_until > ${now} then e.previous_secret end as previous_secret`),
  );
  return rows[0] ?? null;
}

async function send(ctx: Context, endpointId: string, claimed: Claimed): Promise<Outcome> {
  const { keyRing, settings } = ctx.ports;
  const at = ctx.now();
  const body = JSON.stringify({ type: claimed.type, timestamp: new Date(claimed.at).toISOString(), data: claimed.data });
  const secrets = [await keyRing.unseal(secretPlace(ctx.organizationId, 'secret', endpointId), claimed.secret)];
  if (claimed.previous_secret !== null)
    secrets.push(await keyRing.unseal(secretPlace(ctx.organizationId, 'previous_secret', endpointId), claimed.previous_secret));
  return sendToAddress(ctx.ports, claimed.url, {
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Inlay-Webhooks/1',
      'webhook-id': claimed.event_id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': signatures(secrets, claimed.event_id, at, body),
    },
    body,
    timeoutMs: Math.min(TIMEOUT_MS, settings.CALL_TIMEOUT_MS),
  });
}

const note = (ctx: Context, tx: Tx, claimed: Claimed, { status, error, ms }: Outcome) =>
  tx.sql.insert(webhookAttempts).values({
    organizationId: ctx.organizationId,
    deliveryId: claimed.id,
    n: claimed.attempts,
    at: new Date(ctx.now().getTime() - ms),
    status,
    ms,
    error,
    byHand: claimed.by_hand,
  });

const endpointOf = (ctx: Context, endpointId: string) =>
  and(eq(webhookEndpoints.id, endpointId), eq(webhookEndpoints.organizationId, ctx.organizationId));
const deliveryOf = (ctx: Context, claimed: Claimed) =>
  and(
    eq(webhookDeliveries.id, claimed.id),
    eq(webhookDeliveries.organizationId, ctx.organizationId),
    eq(webhookDeliveries.state, 'pending'),
  );

/** Delivered is delivered, even by a run whose claim had been given to another one meanwhile. */
async function concludeDelivered(ctx: Context, tx: Tx, endpointId: string, claimed: Claimed, outcome: Outcome): Promise<void> {
  const [still] = await lockEndpoint(ctx, tx, endpointId);
  if (!still) return;
  await note(ctx, tx, claimed, outcome);
  await tx.sql
    .update(webhookDeliveries)
    .set({ state: 'delivered', nextAttemptAt: null, claimedUntil: null, byHand: false, deliveredAt: ctx.now() })
    .where(deliveryOf(ctx, claimed));
  await tx.sql.update(webhookEndpoints).set({ failingSince: null, restUntil: null }).where(endpointOf(ctx, endpointId));
}

async function concludeFailed(ctx: Context, tx: Tx, endpointId: string, claimed: Claimed, outcome: Outcome): Promise<void> {
  const [endpoint] = await lockEndpoint(ctx, tx, endpointId);
  if (!endpoint) return; // removed while we sent: its log went with it
  await note(ctx, tx, claimed, outcome);
  const wait = RETRY_MS[claimed.attempts - 1];
  const next = wait === undefined ? null : new Date(ctx.now().getTime() + wait);
  const [mine] = await tx.sql
    .update(webhookDeliveries)
    .set({ state: next ? 'pending' : 'failed', nextAttemptAt: next, claimedUntil: null, byHand: false })
    .where(and(deliveryOf(ctx, claimed), eq(webhookDeliveries.attempts, claimed.attempts)))
    .returning({ id: webhookDeliveries.id });
  const failingSince = endpoint.failingSince ?? ctx.now();
  const reason =
    outcome.status === 410 ? ('gone' as const) : ctx.now().getTime() - failingSince.getTime() >= OFF_AFTER_MS ? ('failing' as const) : null;
  await tx.sql
    .update(webhookEndpoints)
    .set({
      failingSince,
      restUntil: new Date(ctx.now().getTime() + REST_MS),
      ...(reason && endpoint.disabled === null ? { disabled: reason } : {}),
    })
    .where(endpointOf(ctx, endpointId));
  if (reason && endpoint.disabled === null) {
    await failPending(ctx, tx, endpointId);
    await tellOff(ctx, tx, { ...endpoint, id: endpointId }, reason);
  } else if (mine && wait !== undefined && wait < SHORT_MS) await tx.enqueue(deliverRef, { endpointId }, { delaySeconds: wait / 1000 });
}

const lockEndpoint = (ctx: Context, tx: Tx, endpointId: string) =>
  tx.sql
    .select({ url: webhookEndpoints.url, disabled: webhookEndpoints.disabled, failingSince: webhookEndpoints.failingSince })
    .from(webhookEndpoints)
    .where(endpointOf(ctx, endpointId))
    .for('update');

/** What was told in the moment an endpoint went off has nobody to go to. */
async function closeIfOff(ctx: Context, endpointId: string): Promise<void> {
  const [endpoint] = await ctx.read((q) =>
    q
      .select({ id: webhookEndpoints.id })
      .from(webhookEndpoints)
      .where(and(endpointOf(ctx, endpointId), isNull(webhookEndpoints.disabled))),
  );
  if (!endpoint) await ctx.transaction((tx) => failPending(ctx, tx, endpointId));
}

async function askForMore(ctx: Context, endpointId: string, delaySeconds: number): Promise<void> {
  const due = await ctx.read((q) =>
    q
      .select({ id: webhookDeliveries.id })
      .from(webhookDeliveries)
      .where(
        and(
          eq(webhookDeliveries.organizationId, ctx.organizationId),
          eq(webhookDeliveries.endpointId, endpointId),
          eq(webhookDeliveries.state, 'pending'),
          sql`${webhookDeliveries.nextAttemptAt} <= ${ctx.now().toISOString()}`,
        ),
      )
      .limit(1),
  );
  if (due.length > 0) await ctx.transaction((tx) => tx.enqueue(deliverRef, { endpointId }, { delaySeconds }));
}
