import { and, asc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { LaunchItem } from '#shared/contracts/launches.ts';
import { adAccounts, launchAttempts, launchCorrections, launchEvents, launchItems, users } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import type { AcceptedDifference } from './engine/accepted.ts';
import type { LaunchRow } from './launch-facts.ts';
import { presentItem, UNDO_STEPS, type Correction } from './present-item.ts';

export interface LoadedItem {
  row: typeof launchItems.$inferSelect;
  item: LaunchItem;
}
type Attempt = typeof launchAttempts.$inferSelect;

/** Rows of a launch with their receipts, in plan order: all of them, or those that `only` and `limit` leave. */
export async function loadItems(
  ctx: Context,
  launch: LaunchRow,
  { only, limit }: { only?: SQL | undefined; limit?: number } = {},
): Promise<LoadedItem[]> {
  const [rows, [account]] = await Promise.all([
    ctx.read((q) => {
      const found = q
        .select()
        .from(launchItems)
        .where(and(eq(launchItems.launchId, launch.id), eq(launchItems.organizationId, ctx.organizationId), only))
        .orderBy(asc(launchItems.position));
      return limit === undefined ? found : found.limit(limit);
    }),
    ctx.read((q) =>
      q
        .select({ platform: adAccounts.platform, externalId: adAccounts.externalId })
        .from(adAccounts)
        .where(and(eq(adAccounts.id, launch.accountId), eq(adAccounts.organizationId, ctx.organizationId))),
    ),
  ]);
  if (!account) throw new Error(`launch ${launch.id} has no ad account`);
  const [attempts, steps, corrections] = await Promise.all([
    attemptsOf(
      ctx,
      rows.map((row) => row.id),
    ),
    stepsOf(
      ctx,
      launch,
      rows.filter((row) => row.undo !== null).map((row) => row.id),
    ),
    correctionsOf(ctx, launch.id),
  ]);
  const people = await namesOf(ctx, rows, corrections);
  return rows.map((row) => {
    const said = { people, corrections: corrections.filter((one) => one.itemId === row.id) };
    return { row, item: presentItem(row, { attempts: attempts.get(row.id) ?? [], steps: steps.get(row.id) ?? [] }, account, said) };
  });
}

function correctionsOf(ctx: Context, launchId: string): Promise<Correction[]> {
  return ctx.read((q) =>
    q
      .select()
      .from(launchCorrections)
      .where(and(eq(launchCorrections.launchId, launchId), eq(launchCorrections.organizationId, ctx.organizationId)))
      .orderBy(asc(launchCorrections.id)),
  );
}

/** Names of those who accepted differences or corrected rows; most launches have none. */
async function namesOf(ctx: Context, rows: readonly LoadedItem['row'][], corrections: readonly Correction[]): Promise<Map<string, string>> {
  const accepted = rows.flatMap((row) => ((row.accepted as AcceptedDifference[] | null) ?? []).map((one) => one.by));
  const ids = [...new Set([...accepted, ...corrections.map((one) => one.by)])];
  if (ids.length === 0) return new Map();
  const people = await ctx.read((q) => q.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, ids)));
  return new Map(people.map((person) => [person.id, person.name]));
}

async function attemptsOf(ctx: Context, itemIds: string[]): Promise<Map<string, Attempt[]>> {
  const byItem = new Map<string, Attempt[]>();
  if (itemIds.length === 0) return byItem;
  const attempts = await ctx.read((q) =>
    q
      .select()
      .from(launchAttempts)
      .where(
        and(
          eq(launchAttempts.organizationId, ctx.organizationId),
          sql`${launchAttempts.itemId} in (select jsonb_array_elements_text(${JSON.stringify(itemIds)}::jsonb))`,
        ),
      ),
  );
  for (const attempt of attempts) byItem.set(attempt.itemId, [...(byItem.get(attempt.itemId) ?? []), attempt]);
  return byItem;
}

type Event = typeof launchEvents.$inferSelect;

/** What an undo did with each of these, oldest first. */
async function stepsOf(ctx: Context, launch: LaunchRow, itemIds: string[]): Promise<Map<string, Event[]>> {
  const byItem = new Map<string, Event[]>();
  if (itemIds.length === 0) return byItem;
  const events = await ctx.read((q) =>
    q
      .select()
      .from(launchEvents)
      .where(
        and(
          eq(launchEvents.launchId, launch.id),
          eq(launchEvents.organizationId, ctx.organizationId),
          inArray(launchEvents.kind, UNDO_STEPS),
          sql`${launchEvents.itemId} in (select jsonb_array_elements_text(${JSON.stringify(itemIds)}::jsonb))`,
        ),
      )
      .orderBy(asc(launchEvents.at), asc(launchEvents.id)),
  );
  for (const event of events) {
    const id = event.itemId as string;
    const known = byItem.get(id);
    if (known) known.push(event);
    else byItem.set(id, [event]);
  }
  return byItem;
}
