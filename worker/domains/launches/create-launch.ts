import { and, eq, sql } from 'drizzle-orm';
import type { createLaunch as contract, LaunchSummary, PlanProblem } from '#shared/contracts/launches.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import { canonicalJson } from '#shared/rules/canonical-json.ts';
import { searchText } from '#shared/rules/search-text.ts';
import type { PlannedItem } from '#shared/rules/planned-item.ts';
import { apiKeys, launches } from '#schema/index.ts';
import { sha256Hex } from '../../kernel/bytes.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import { actorName } from './actor-name.ts';
import { clientToken } from './client-tokens.ts';
import { getLaunch } from './get-launch.ts';
import { noteEvent } from './move-launch.ts';
import { readPlan } from './plan/read-plan.ts';

/** Stores a sound plan as a draft with all its rows. */
export async function createLaunch(ctx: Context, input: BodyOf<typeof contract>): Promise<LaunchSummary> {
  ctx.require('launches:write');
  const { id } = await storeDraft(ctx, input.plan);
  return getLaunch(ctx, { id });
}

/**
 * @param origin where the plan came from, if not from its maker; noted with the launch
 * @throws invalid_input with every error of the plan; nothing is stored then
 */
export async function storeDraft(
  ctx: Context,
  raw: unknown,
  origin: { kind: string; detail: Record<string, unknown> } | null = null,
): Promise<{ id: string; warnings: PlanProblem[] }> {
  const { plan, planHash, facts, expanded, problems, isSound, fingerprints } = await readPlan(ctx, raw);
  if (!isSound || !plan || !expanded || !facts?.account) {
    throw new AppError('invalid_input', 'The plan has errors; nothing was stored. Correct them and send it again.', {
      fields: problems
        .filter((problem) => problem.severity === 'error')
        .map((problem) => ({ path: problem.itemPath ?? 'plan', message: `${problem.message} ${problem.fix}` })),
    });
  }
  const { account } = facts;
  const id = ctx.newId('lch');
  const plannerId = await plannerOf(ctx);
  const rows = await toRows(ctx, await ctx.box(), id, expanded.items, fingerprints);
  const allowed = problems.filter((problem) => problem.code === 'DUPLICATE_AD_ALLOWED').length;
  await ctx.transaction(async (tx) => {
    const now = ctx.now();
    await tx.sql.insert(launches).values({
      id,
      organizationId: ctx.organizationId,
      accountId: account.id,
      name: plan.name,
      searchText: searchText([plan.name, ...plan.concepts.map((concept) => concept.name)].join(' ')),
      plan,
      planHash,
      state: 'draft',
      currency: account.currency,
      capMinor: expanded.counts.dailyBudgetMinor,
      createdBy: actorName(ctx),
      plannerId,
      createdAt: now,
      updatedAt: now,
    });
    await tx.sql.execute(sql`
      insert into launch_items (id, organization_id, launch_id, account_id, kind, item_path, position, parent_item_id, depends_on, name, spec, spec_hash, fingerprint, client_token, state, created_at, updated_at)
      select r.id, ${ctx.organizationId}, ${id}, ${account.id}, r.kind, r.item_path, r.position, r.parent_item_id, r.depends_on, r.name, r.spec, r.spec_hash, r.fingerprint, r.client_token, 'PLANNED', ${now.toISOString()}, ${now.toISOString()}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, kind text, item_path text, position int, parent_item_id text, depends_on jsonb, name text, spec jsonb, spec_hash text, fingerprint text, client_token text)`);
    if (origin !== null) await noteEvent(ctx, tx, id, origin.kind, origin.detail);
    if (allowed > 0) await noteEvent(ctx, tx, id, 'duplicates_allowed', { ads: allowed, reason: plan.duplicatesReason });
    await tx.audit('launch.create', id, {
      planHash,
      items: rows.length,
      ...(allowed > 0 ? { duplicates: allowed, duplicatesReason: plan.duplicatesReason } : {}),
    });
  });
  return { id, warnings: problems };
}

/** A key is its maker's hand: whoever made it does not approve, as a second person, what it stored. Null = the maker is not known. */
async function plannerOf(ctx: Context): Promise<string | null> {
  const { actor } = ctx;
  if (actor.kind === 'user') return actor.userId;
  if (actor.kind !== 'key') return null;
  const [key] = await ctx.read((q) =>
    q
      .select({ createdBy: apiKeys.createdBy })
      .from(apiKeys)
      .where(and(eq(apiKeys.id, actor.keyId), eq(apiKeys.organizationId, ctx.organizationId))),
  );
  return key?.createdBy ?? null;
}

async function toRows(
  ctx: Context,
  box: SecretBox,
  launchId: string,
  items: PlannedItem[],
  fingerprints: ReadonlyMap<string, string>,
): Promise<Record<string, unknown>[]> {
  const ids = new Map(items.map((item) => [item.itemPath, ctx.newId('itm')]));
  const idOf = (path: string): string => {
    const id = ids.get(path);
    if (id === undefined) throw new Error(`the plan depends on ${path}, which it does not make`);
    return id;
  };
  return Promise.all(
    items.map(async (item, position) => ({
      id: idOf(item.itemPath),
      kind: item.kind,
      item_path: item.itemPath,
      position,
      parent_item_id: item.parentPath === null ? null : idOf(item.parentPath),
      depends_on: item.dependsOn.map(idOf),
      name: item.name,
      spec: item.spec,
      spec_hash: await sha256Hex(canonicalJson(item.spec)),
      fingerprint: fingerprints.get(item.itemPath) ?? null,
      client_token: await clientToken(box, launchId, item.itemPath),
    })),
  );
}
