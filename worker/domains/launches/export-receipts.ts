import { and, asc, eq, or } from 'drizzle-orm';
import { launchApprovals, launchEvents, users } from '#schema/index.ts';
import type { LaunchItem } from '#shared/contracts/launches.ts';
import type { Context } from '../../kernel/context.ts';
import { fetchLaunch, loadLaunchFacts, type LaunchRow } from './launch-facts.ts';
import { loadItems, type LoadedItem } from './load-items.ts';
import { presentLaunch } from './present-launch.ts';

/** The permanent record of a launch, whole, as a download. JSON holds everything; CSV one line per row with its ids. */
export async function exportReceipts(ctx: Context, input: { id: string; format: 'csv' | 'json' }): Promise<Response> {
  ctx.require('launches:read');
  const launch = await fetchLaunch(ctx, input.id);
  const items = await loadItems(ctx, launch);
  return input.format === 'csv'
    ? download(launch.id, 'csv', 'text/csv; charset=utf-8', toCsv(items.map(({ item }) => item)))
    : download(launch.id, 'json', 'application/json', JSON.stringify(await toReceipt(ctx, launch, items), null, 2));
}

const download = (id: string, format: string, type: string, body: string) =>
  new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="launch-${id}.${format}"`,
      'cache-control': 'no-store',
    },
  });

async function toReceipt(ctx: Context, launch: LaunchRow, items: LoadedItem[]) {
  const [[facts], events, approvals, people] = await Promise.all([
    loadLaunchFacts(ctx, [launch]),
    ctx.read((q) =>
      q
        .select()
        .from(launchEvents)
        .where(and(eq(launchEvents.launchId, launch.id), eq(launchEvents.organizationId, ctx.organizationId)))
        .orderBy(asc(launchEvents.at)),
    ),
    ctx.read((q) =>
      q
        .select()
        .from(launchApprovals)
        .where(and(eq(launchApprovals.launchId, launch.id), eq(launchApprovals.organizationId, ctx.organizationId)))
        .orderBy(asc(launchApprovals.id)),
    ),
    ctx.read((q) =>
      q
        .selectDistinct({ id: users.id, name: users.name })
        .from(users)
        .innerJoin(launchApprovals, or(eq(launchApprovals.askedBy, users.id), eq(launchApprovals.decidedBy, users.id)))
        .where(and(eq(launchApprovals.launchId, launch.id), eq(launchApprovals.organizationId, ctx.organizationId))),
    ),
  ]);
  const nameOf = (id: string | null): string | null => (id === null ? null : (people.find((one) => one.id === id)?.name ?? id));
  if (!facts) throw new Error('facts of one launch');
  return {
    launch: presentLaunch(facts, ctx.actor, ctx.now()),
    plan: launch.plan,
    approvals: approvals.map((one) => ({
      planHash: one.planHash,
      capMinor: one.capMinor,
      currency: one.currency,
      askedBy: nameOf(one.askedBy),
      askedAt: one.askedAt?.toISOString() ?? null,
      decision: one.decision,
      decidedBy: nameOf(one.decidedBy),
      decidedAt: one.decidedAt?.toISOString() ?? null,
      reason: one.reason,
    })),
    items: items.map(({ row, item }) => ({
      ...item,
      spec: row.spec,
      specHash: row.specHash,
      clientToken: row.clientToken,
      asBuilt: row.asBuilt ?? null,
    })),
    events: events.map((event) => ({ kind: event.kind, itemId: event.itemId, at: event.at.toISOString(), detail: event.detail })),
  };
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
  ['undo', (item) => item.undo?.how ?? item.undo?.state ?? null],
  ['undone_at', (item) => item.undo?.steps.findLast((one) => one.step === 'undone')?.at ?? null],
  ['undo_outcome', (item) => item.undo?.steps.findLast((one) => one.step === 'answered')?.outcome ?? null],
  ['undo_trace_id', (item) => item.undo?.steps.findLast((one) => one.traceId !== null)?.traceId ?? null],
  ['undo_changes', (item) => item.undo?.changes.map((one) => `${one.field}: ${one.before} → ${one.now}`).join('; ') ?? null],
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
