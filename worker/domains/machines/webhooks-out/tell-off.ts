import type { Context, Tx } from '../../../kernel/context.ts';

/** An endpoint that goes off by itself does not do so quietly: the audit log says why. */
export async function tellOff(ctx: Context, tx: Tx, endpoint: { id: string; url: string }, reason: 'gone' | 'failing'): Promise<void> {
  await tx.audit('webhook_endpoint.disabled', endpoint.id, { reason, host: new URL(endpoint.url).host });
}
