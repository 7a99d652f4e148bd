import fs from 'node:fs';
import path from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { may, PERMISSIONS, ROLE_PERMISSIONS, type Standing } from '#shared/rules/permissions.ts';
import { createBind, type App, type RouteFact } from '../../http/bind-contract.ts';
import { domainRoutes } from '../../http/mounts.ts';
import { jobNames } from '../../queues/jobs.ts';
import { startWorker, type TestWorker } from '../harness.ts';
import { answer } from './answer.ts';
import { JOBS_WITH_IDS, JOBS_WITHOUT_IDS } from './job-inputs.ts';
import { HARMFUL, roleTable } from './role-table.ts';
import { nameOf, walkForeignIds } from './run-walk.ts';
import { MISSING } from './ids.ts';
import { WALK, type Call } from './walk.ts';
import { makeWorld, type World } from './world.ts';

// The list of routes is read here in Node, where the Worker's way to load a module of bytes does not exist.
vi.mock('@phi-ag/argon2/argon2.wasm', () => ({ default: {} }));

let w: TestWorker;
let world: World;
const facts: RouteFact[] = [];
for (const routes of domainRoutes) routes(createBind(new Hono() as unknown as App, facts));

beforeAll(async () => {
  w = await startWorker({ demo: true });
  world = await makeWorld(w);
}, 60_000);
afterAll(() => w.stop());

test('every route of the Worker is in the walk, and the walk holds no route that is gone', () => {
  expect(facts.length).toBeGreaterThan(100);
  expect(Object.keys(WALK).toSorted()).toEqual(facts.map(nameOf).toSorted());
});

test('every job is in the walk, and the walk holds no job that is gone', () => {
  expect([...Object.keys(JOBS_WITH_IDS), ...JOBS_WITHOUT_IDS].toSorted()).toEqual([...jobNames()].toSorted());
});

test("another organization's ids, wherever an id can stand and whoever asks, get exactly the answer of a missing id, and change nothing", async () => {
  const walked = await walkForeignIds(w, world, facts);
  report('.json', { ...walked, roles: walked.callers });
  expect(walked.leaks, 'through the walls').toEqual([]);
}, 180_000);

test('each role may call what the matrix says and nothing else; what it may not is told before anything is looked up', async () => {
  const wrong: string[] = [];
  let pairs = 0;
  for (const fact of facts) {
    const { access } = fact;
    if (access.kind !== 'member') continue;
    const places = WALK[nameOf(fact)];
    const call: Call =
      typeof places === 'function'
        ? (places(MISSING, world.mine)[0] as Call)
        : { path: fact.path, ...(fact.method === 'GET' ? {} : { body: HARMLESS_BODIES[nameOf(fact)] ?? {} }) };
    for (const caller of world.insiders) {
      const role = caller.name as Standing | 'API key';
      const allowed = role === 'API key' ? !access.people && !access.stepUp : may(ROLE_PERMISSIONS[role], access.permission);
      if (allowed && HARMFUL.has(nameOf(fact))) continue;
      const { status, code, text } = await answer(w, fact, call, MISSING, caller);
      // What cannot be read is told so before anybody is asked who they are.
      if (status === 422 || status === 415 || status === 400) continue;
      pairs++;
      if ((code === 'not_allowed') === allowed) wrong.push(`${nameOf(fact)} as ${role}: ${text.slice(0, 160)}`);
    }
  }
  report('-roles.json', { routes: facts.filter(({ access }) => access.kind === 'member').length, pairs, wrong });
  expect(wrong).toEqual([]);
}, 60_000);

test('the table of roles and routes is the checked-in document', () => {
  const file = path.resolve(import.meta.dirname, '../../../docs/role-matrix.md');
  const table = roleTable(facts);
  if (process.env['UPDATE'] === '1') fs.writeFileSync(file, table);
  expect(fs.readFileSync(file, 'utf8')).toBe(table);
});

test('every permission is used by a route, and every route asks for one that exists', () => {
  const asked = new Set(facts.flatMap(({ access }) => (access.kind === 'member' ? [access.permission] : [])));
  expect([...asked].filter((one) => !PERMISSIONS.includes(one))).toEqual([]);
  expect(PERMISSIONS.filter((one) => !asked.has(one))).toEqual([]);
});

test('the same walk as the owner finds the things: the answers above are walls, not typing mistakes', async () => {
  const { a, ownerA } = world;
  const found = async (address: string) => (await ownerA.fetch(address)).status;
  expect(
    await Promise.all(
      [
        `/v1/launches/${a.launch}`,
        `/v1/launches/${a.launch}/items`,
        `/v1/launches/${a.launch}/receipts`,
        `/v1/ad-accounts/${a.account}/pages`,
        `/v1/insights?accountId=${a.account}`,
      ].map(found),
    ),
  ).toEqual([200, 200, 200, 200, 200]);
  for (const [method, address, body] of [
    ['PATCH', `/v1/leads/${a.lead}`, { stage: 'qualified' }],
    ['PATCH', `/v1/clients/${a.client}`, { name: 'Renamed' }],
    ['PATCH', `/v1/webhook-endpoints/${a.endpoint}`, { description: 'x' }],
    ['DELETE', `/v1/invitations/${a.invitation}`, undefined],
    ['DELETE', `/v1/api-keys/${a.apiKey}`, undefined],
    ['DELETE', `/v1/support-access/${a.supportGrant}`, undefined],
    ['DELETE', `/v1/members/${a.user}`, undefined],
  ] as const) {
    const said = await ownerA.fetch(address, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    expect(said.status, `${method} ${address}`).toBe(200);
  }
});

/** Bodies that pass the first look, for routes that name no id. */
const HARMLESS_BODIES: Record<string, unknown> = {
  'PATCH /v1/organization': { name: 'N' },
  'POST /v1/api-keys': { name: 'K', scopes: ['insights:read'] },
  'POST /v1/webhook-endpoints': { url: 'https://receiver.inlay.test/' },
  'POST /v1/support-access': { reason: 'walk', hours: 1 },
  'POST /v1/embed-keys': { kind: 'lead-roas', origin: 'https://x.example.com' },
  'POST /v1/organization/deletion': { name: 'N' },
};

/** For the commands that print the walk; see local/tenancy-walk.ts. */
function report(ending: string, found: object): void {
  const file = process.env['TENANCY_REPORT'];
  if (file) fs.writeFileSync(file.replace('.json', ending), JSON.stringify(found));
}
