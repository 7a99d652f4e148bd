import * as embeds from '#shared/contracts/embeds.ts';
import type { RouteFact } from '../../http/bind-contract.ts';
import type { TestWorker } from '../harness.ts';
import { answer, positionOf, type Position } from './answer.ts';
import { JOBS_WITH_IDS } from './job-inputs.ts';
import { makePageKey, proofOf } from '../page-key.ts';
import { MISSING } from './ids.ts';
import { WALK, type Call } from './walk.ts';
import type { World } from './world.ts';

export interface Walked {
  routes: number;
  callers: number;
  /** Calls with another organization's id, by where it stood. */
  positions: Partial<Record<Position, number>>;
  calls: number;
  /** What somebody learned or changed across the walls; empty when they hold. */
  leaks: string[];
}
export const nameOf = (fact: Pick<RouteFact, 'method' | 'path'>): string => `${fact.method} ${fact.path}`;

/**
 * Every stranger to organization A asks every route with A's ids wherever an id can stand, and asks the same with ids that name nothing:
 * the two answers must be the same, and A must be as it was.
 */
export async function walkForeignIds(w: TestWorker, world: World, facts: readonly RouteFact[]): Promise<Walked> {
  const before = await everythingOf(w, world.a.organization);
  const walked: Walked = { routes: 0, callers: world.strangers.length, positions: {}, calls: 0, leaks: [] };
  for (const fact of facts) {
    const places = WALK[nameOf(fact)];
    if (places === undefined) walked.leaks.push(`${nameOf(fact)} is not in the walk`);
    walked.routes++;
    if (typeof places !== 'function') continue;
    const [real, missing] = [places(world.a, world.mine), places(MISSING, world.mine)];
    for (const [i, call] of real.entries()) {
      const none = missing[i] as Call;
      const position = positionOf(fact, call, none);
      // One after the other: what a caller of B made in B is there for the next one, for both kinds of id.
      for (const caller of world.strangers) {
        const [foreign, nothing] = [await answer(w, fact, call, world.a, caller), await answer(w, fact, none, MISSING, caller)];
        walked.calls++;
        walked.positions[position] = (walked.positions[position] ?? 0) + 1;
        if (foreign.text !== nothing.text || foreign.status >= 500)
          walked.leaks.push(
            `${nameOf(fact)} as ${caller.name}, id in ${position}:\n  foreign ${foreign.text.slice(0, 300)}\n  missing ${nothing.text.slice(0, 300)}`,
          );
      }
    }
  }
  await walkWidgets(w, world, walked);
  await walkQueue(w, world, walked);
  const after = await everythingOf(w, world.a.organization);
  for (const [table, rows] of Object.entries(before)) if (after[table] !== rows) walked.leaks.push(`rows of ${table} changed in A`);
  return walked;
}

/** A page of organization B asks with its own token for a contact of A's. */
async function walkWidgets(w: TestWorker, world: World, walked: Walked): Promise<void> {
  const origin = 'https://page-of-b.example.com';
  const publicKey = 'pk_walk00000000000000000000';
  await w.db.query(
    `insert into embed_keys (id, organization_id, public_key, kind, origin) values ('emb_walk', $1, $2, 'lead-roas', $3) on conflict do nothing`,
    [world.organizationB, publicKey, origin],
  );
  const ask = async (subject: string) => {
    const key = await makePageKey();
    const { path, method } = embeds.mintEmbedToken;
    const minted = await fetch(w.origin + path, {
      method,
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ key: publicKey, jkt: key.jkt, subject }),
    });
    const { token = '' } = (await minted.json()) as { token?: string };
    const url = w.origin + embeds.embedLeadRoas.path;
    const shown = await fetch(url, { headers: { authorization: `DPoP ${token}`, dpop: await proofOf(key, url, token), origin } });
    return `${minted.status} ${shown.status} ${(await shown.text()).replaceAll(/"requestId":"\w+"/g, '')}`;
  };
  walked.calls++;
  walked.positions['widget token'] = 1;
  const [foreign, missing] = [await ask(world.a.contact), await ask(MISSING.contact)];
  if (foreign !== missing) walked.leaks.push(`a widget of B asking for A's contact:\n  foreign ${foreign}\n  missing ${missing}`);
}

/** A message of organization B that names A's ids: whatever the job does, A stays as it is (compared at the end). */
async function walkQueue(w: TestWorker, world: World, walked: Walked): Promise<void> {
  const worker = await w.mf.getWorker();
  for (const [job, inputOf] of Object.entries(JOBS_WITH_IDS)) {
    const message = { v: 1, job, organizationId: world.organizationB, input: inputOf(world.a) };
    walked.calls++;
    walked.positions['queue message'] = (walked.positions['queue message'] ?? 0) + 1;
    await worker.queue('inlay-job', [{ id: `walk-${job}`, timestamp: new Date(), attempts: 1, body: message }]);
  }
}

/** What of A's rows only counts or beats, or is work under way. */
const RESTLESS = ['outbox', 'inbox', 'dead_letters', 'idempotency_keys', 'audit_seals', 'mails'];

/** Every row of an organization, in every table that names one, as one hash for each table. */
async function everythingOf(w: TestWorker, organizationId: string): Promise<Record<string, unknown>> {
  const { rows: tables } = await w.db.query<{ table_name: string }>(
    `select table_name from information_schema.columns where table_schema = 'public' and column_name = 'organization_id' and table_name <> all($1) order by 1`,
    [RESTLESS],
  );
  const all: Record<string, unknown> = {};
  for (const { table_name: table } of tables)
    all[table] = (
      await w.db.query(`select md5(string_agg(t::text, '|' order by t::text)) as rows from "${table}" t where organization_id = $1`, [
        organizationId,
      ])
    ).rows[0].rows;
  return all;
}
