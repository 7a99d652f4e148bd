import { and, asc, eq } from 'drizzle-orm';
import { adAccounts, launchAttempts, launchEvents, launchItems } from '#schema/index.ts';
import type { LaunchItem } from '#shared/contracts/launches.ts';
import type { Context } from '../../kernel/context.ts';
import { fetchLaunch, loadLaunchFacts } from './launch-facts.ts';
import { presentItem } from './present-item.ts';
import { presentLaunch } from './present-launch.ts';

/** The permanent record of a launch, whole, as a download. JSON holds everything; CSV one line per row with its ids. */
export async function exportReceipts(ctx: Context, input: { id: string; format: 'csv' | 'json' }): Promise<Response> {
  ctx.require('launches:read');
  const launch = await fetchLaunch(ctx, input.id);
  const own = eq(launchItems.organizationId, ctx.organizationId);
  const [[facts], rows, attempts, events, [account]] = await Promise.all([
    loadLaunchFacts(ctx, [launch]),
    ctx.read((q) =>
      q
        .select()
        .from(launchItems)
        .where(and(eq(launchItems.launchId, launch.id), own))
        .orderBy(asc(launchItems.position)),
    ),
    ctx.read((q) =>
      q
        .select({ attempt: launchAttempts })
        .from(launchAttempts)
        .innerJoin(launchItems, eq(launchItems.id, launchAttempts.itemId))
        .where(and(eq(launchItems.launchId, launch.id), own)),
    ),
    ctx.read((q) =>
      q
        .select()
        .from(launchEvents)
        .where(and(eq(launchEvents.launchId, launch.id), eq(launchEvents.organizationId, ctx.organizationId)))
        .orderBy(asc(launchEvents.at)),
    ),
    ctx.read((q) =>
      q
        .select({ platform: adAccounts.platform, externalId: adAccounts.externalId })
        .from(adAccounts)
        .where(and(eq(adAccounts.id, launch.accountId), eq(adAccounts.organizationId, ctx.organizationId))),
    ),
  ]);
  if (!facts || !account) throw new Error(`launch ${launch.id} has no ad account`);
  const items = rows.map((row) =>
    presentItem(
      row,
      attempts.flatMap(({ attempt }) => (attempt.itemId === row.id ? [attempt] : [])),
      account,
    ),
  );
  const file = (type: string, body: string) =>
    new Response(body, {
      headers: {
        'content-type': type,
        'content-disposition': `attachment; filename="launch-${launch.id}.${input.format}"`,
        'cache-control': 'no-store',
      },
    });
  if (input.format === 'csv') return file('text/csv; charset=utf-8', toCsv(items));
  const receipt = {
    launch: presentLaunch(facts, ctx.now()),
    plan: launch.plan,
    items: items.map((item, i) => ({
      ...item,
      spec: rows[i]?.spec,
      specHash: rows[i]?.specHash,
      clientToken: rows[i]?.clientToken,
      asBuilt: rows[i]?.asBuilt ?? null,
    })),
    events: events.map((event) => ({ kind: event.kind, itemId: event.itemId, at: event.at.toISOString(), detail: event.detail })),
  };
  return file('application/json', JSON.stringify(receipt, null, 2));
}

const COLUMNS: [string, (item: LaunchItem) => string | number | null][] = [
  ['item_path', (item) => item.itemPath],
  ['kind', (item) => item.kind],
  ['name', (item) => item.name],
  ['state', (item) => item.state],
  ['external_id', (item) => item.externalId],
  ['attempts', (item) => item.attempts.length],
  ['last_outcome', (item) => item.attempts.at(-1)?.outcome ?? null],
  ['sent_at', (item) => item.attempts.at(-1)?.sentAt ?? null],
  ['validation', (item) => item.validation?.level ?? null],
  ['drift', (item) => item.drift.map((one) => `${one.field}: ${one.planned} → ${one.found}`).join('; ')],
  ['error', (item) => item.error?.message ?? null],
  ['fix', (item) => item.error?.fix ?? null],
  ['manager_url', (item) => item.managerUrl],
];

function toCsv(items: LaunchItem[]): string {
  const lines = [COLUMNS.map(([name]) => name), ...items.map((item) => COLUMNS.map(([, read]) => cell(read(item))))];
  return lines.map((line) => line.join(',')).join('\r\n') + '\r\n';
}

/** Quoted where needed; a text that a spreadsheet would run as a formula is made plain. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
