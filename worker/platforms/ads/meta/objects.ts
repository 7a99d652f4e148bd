import { TOKEN_SEPARATOR, tokenInName } from '#shared/rules/client-token.ts';
import { PlatformError } from '../../platform-error.ts';
import type { AdSession, AsBuilt, Created, ObjectKind, Objects } from '../ad-platform.ts';
import { graphBatch, graphBatches } from './batch.ts';
import { accountNode, graph } from './client.ts';
import { compareObject } from './compare-object.ts';
import { BATCH_LIMIT, PAGE_LIMIT } from './limits.ts';
import { EDGES } from './object-edges.ts';
import { oldestFirst } from '../oldest-first.ts';
import { graphPage, graphPages } from './read.ts';
import { toAsBuilt } from './to-as-built.ts';
import { toCreateParams } from './to-create-params.ts';

/** Characters of an encoded filter; addresses beyond eight thousand are refused by many servers. */
const LONGEST_FILTER = 4_000;

const STATUS_WORD = { active: 'ACTIVE', paused: 'PAUSED', archived: 'ARCHIVED' } as const;

/** Each create or change of a batch travels with the read of what came of it. */
const MOST_WITH_READS = BATCH_LIMIT / 2;

/** Campaigns, ad sets, creatives and ads. */
export const metaObjects: Objects = {
  // Several ad sets of one campaign in one batch are refused by the platform.
  freight: {
    campaign: { most: MOST_WITH_READS, together: 'any' },
    ad_set: { most: MOST_WITH_READS, together: 'parents-apart' },
    creative: { most: MOST_WITH_READS, together: 'any' },
    ad: { most: MOST_WITH_READS, together: 'any' },
  },
  readsBack: true,
  mostNamed: BATCH_LIMIT,

  archivedTogether: MOST_WITH_READS,

  async create(session, requests) {
    const { items, traceId } = await graphBatch(
      session,
      requests.flatMap((request, i) => [
        {
          method: 'POST' as const,
          name: `made${i}`,
          path: `${accountNode(session)}/${EDGES[request.kind].edge}`,
          params: toCreateParams(request),
        },
        { method: 'GET' as const, after: `made${i}`, path: `{result=made${i}:$.id}`, params: { fields: EDGES[request.kind].fields } },
      ]),
    );
    return requests.map((_, i) => {
      const [made, read] = items.slice(2 * i, 2 * i + 2);
      if (made === undefined || made instanceof PlatformError)
        return made ?? new PlatformError('unknown', 'No answer.', { platform: 'meta' });
      const told = created(made, traceId);
      if (told instanceof PlatformError || read === undefined || read instanceof PlatformError) return told;
      const built = toAsBuilt(read);
      return built.externalId === told.externalId ? { ...told, built } : told;
    });
  },

  async validate(session, request) {
    const needsParent =
      request.kind === 'ad_set'
        ? request.parents.campaign
        : request.kind === 'ad'
          ? request.parents.ad_set && request.parents.creative
          : 'none';
    if (!needsParent || (request.kind === 'creative' && !request.parents.media?.length)) return 'not_checkable';
    await graph(session, 'POST', `${accountNode(session)}/${EDGES[request.kind].edge}`, {
      ...toCreateParams(request),
      execution_options: ['validate_only'],
    });
    return 'accepted';
  },

  async read(session, kind, externalId) {
    return toAsBuilt(await graph(session, 'GET', externalId, { fields: EDGES[kind].fields }));
  },

  async readMany(session, objects) {
    const answers = await graphBatches(
      session,
      objects.map(({ kind, externalId }) => ({ method: 'GET', path: externalId, params: { fields: EDGES[kind].fields } })),
    );
    return new Map(
      objects.map(({ externalId }, i) => {
        const answer = answers[i] as (typeof answers)[number];
        return [externalId, answer instanceof PlatformError ? answer : toAsBuilt(answer)];
      }),
    );
  },

  async findByTokens(session, kind, wanted) {
    const tokens = wanted.map((one) => one.clientToken);
    const found = new Map<string, AsBuilt>();
    for (const built of await findByLabels(session, kind, tokens)) found.set(built.externalId, built);
    // A label can be missing, and its search may lag behind the list.
    const [only, ...others] = wanted;
    const named =
      others.length > 0
        ? findByNames(
            session,
            kind,
            wanted.map((one) => one.name),
          )
        : only && findByName(session, kind, only.clientToken);
    for (const built of (await named) ?? [])
      if (built.clientToken !== null && tokens.includes(built.clientToken)) found.set(built.externalId, built);
    return [...found.values()].toSorted(oldestFirst);
  },

  async listCarrying(session, kind, after) {
    const { rows, after: next } = await graphPage(session, `${accountNode(session)}/${EDGES[kind].edge}`, {
      fields: EDGES[kind].fields,
      limit: PAGE_LIMIT,
      filtering: [{ field: 'name', operator: 'CONTAIN', value: TOKEN_SEPARATOR.trim() }],
      ...(after === null ? {} : { after }),
    });
    return { objects: rows.map(toAsBuilt).filter((built) => tokenInName(built.name) !== null), after: next };
  },

  async setStatus(session, kind, externalId, status) {
    const refusal = refusedSet(await graph(session, 'POST', externalId, { status: statusWord(kind, status) }));
    if (refusal) throw refusal;
  },

  async setStatusMany(session, objects, status) {
    const answers = await graphBatches(
      session,
      objects.flatMap(({ kind, externalId }) => [
        { method: 'POST' as const, name: `set${externalId}`, path: externalId, params: { status: statusWord(kind, status) } },
        { method: 'GET' as const, after: `set${externalId}`, path: externalId, params: { fields: 'status' } },
      ]),
    );
    return new Map(
      objects.map(({ externalId }, i) => {
        const [set, read] = answers.slice(2 * i, 2 * i + 2);
        if (set instanceof PlatformError) return [externalId, set];
        const refusal = refusedSet(set ?? {});
        return [externalId, refusal ?? (read === undefined || read instanceof PlatformError ? true : toAsBuilt(read).status)];
      }),
    );
  },

  compare: compareObject,

  managerUrl(accountExternalId, kind, externalId) {
    if (kind === 'creative') return null;
    const level = { campaign: 'campaigns', ad_set: 'adsets', ad: 'ads' }[kind];
    const selected = { campaign: 'selected_campaign_ids', ad_set: 'selected_adset_ids', ad: 'selected_ad_ids' }[kind];
    return `https://adsmanager.facebook.com/adsmanager/manage/${level}?act=${accountExternalId}&${selected}=${externalId}`;
  },
};

/** Labels are named after tokens, so label ids come first, then everything of the kind that carries one of them. */
async function findByLabels(session: AdSession, kind: ObjectKind, tokens: string[]): Promise<AsBuilt[]> {
  const found = new Map<string, AsBuilt>();
  for (let from = 0; from < tokens.length; from += BATCH_LIMIT) {
    const part = tokens.slice(from, from + BATCH_LIMIT);
    const labels = await collect(
      graphPages(session, `${accountNode(session)}/adlabels`, {
        fields: 'id,name',
        limit: PAGE_LIMIT,
        filtering: [{ field: 'name', operator: 'IN', value: part }],
      }),
    );
    const ids = labels.filter((label) => part.includes(String(label['name']))).map((label) => String(label['id']));
    if (ids.length === 0) continue;
    for (const node of await collect(
      graphPages(session, `${accountNode(session)}/${EDGES[kind].byLabels}`, {
        ad_label_ids: ids,
        operator: 'ANY',
        fields: EDGES[kind].fields,
        limit: PAGE_LIMIT,
      }),
    )) {
      const built = toAsBuilt(node);
      found.set(built.externalId, built);
    }
  }
  return [...found.values()].toSorted(oldestFirst);
}

async function findByName(session: AdSession, kind: ObjectKind, token: string): Promise<AsBuilt[]> {
  const nodes = await collect(
    graphPages(session, `${accountNode(session)}/${EDGES[kind].edge}`, {
      fields: EDGES[kind].fields,
      limit: PAGE_LIMIT,
      filtering: [{ field: 'name', operator: 'CONTAIN', value: token }],
    }),
  );
  return nodes.map(toAsBuilt).filter((built) => built.clientToken === token);
}

/** By whole names, as many in one call as an address holds. */
async function findByNames(session: AdSession, kind: ObjectKind, names: string[]): Promise<AsBuilt[]> {
  const found: AsBuilt[] = [];
  for (let rest = names; rest.length > 0;) {
    let [n, length] = [0, 0];
    while (n < Math.min(rest.length, BATCH_LIMIT) && (n === 0 || length < LONGEST_FILTER))
      length += encodeURIComponent(rest[n++] as string).length + 7;
    const nodes = await collect(
      graphPages(session, `${accountNode(session)}/${EDGES[kind].edge}`, {
        fields: EDGES[kind].fields,
        limit: PAGE_LIMIT,
        filtering: [{ field: 'name', operator: 'IN', value: rest.slice(0, n) }],
      }),
    );
    found.push(...nodes.map(toAsBuilt));
    rest = rest.slice(n);
  }
  return found;
}

function created(answer: Record<string, unknown>, traceId: string | null): Created | PlatformError {
  const id = answer['id'];
  if (typeof id === 'string' || typeof id === 'number') return { externalId: String(id), traceId };
  return new PlatformError('unknown', 'The answer names no object.', { platform: 'meta', raw: answer });
}

async function collect(pages: AsyncIterable<Record<string, unknown>[]>): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

/** A change was made when the platform says so; an answer without an error envelope is not enough. */
function refusedSet(answer: Record<string, unknown>): PlatformError | null {
  if (answer['success'] === true) return null;
  return new PlatformError('refused', 'The platform did not make the change.', { platform: 'meta', code: 'not_done', raw: answer });
}

/** A creative has no archive: what must not be used is deleted. */
function statusWord(kind: ObjectKind, status: keyof typeof STATUS_WORD): string {
  return kind === 'creative' && status === 'archived' ? 'DELETED' : STATUS_WORD[status];
}
