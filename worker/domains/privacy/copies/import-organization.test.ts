import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../kernel/prefixed-id.ts';
import { startWorker, type Member, type TestWorker } from '../../../testing/harness.ts';
import { nodeContext } from '../../../testing/node-context.ts';
import { EXPORTED, ORGANIZATION_FILES } from '../register.ts';
import { importOrganization } from './import-organization.ts';
import { FORMAT } from './write-organization.ts';

let w: TestWorker;
let victim: Member;
beforeAll(async () => {
  w = await startWorker();
  victim = await w.signUp();
});
afterAll(() => w.stop());

/** A file as somebody writes it by hand, for an organization that is not here. */
function crafted(id = newId('org')) {
  return {
    format: FORMAT,
    organizationId: id,
    organization: {
      id,
      name: 'Crafted',
      slug: id.slice(-12),
      currency: 'EUR',
      timezone: 'UTC',
      locale: 'en',
      attribution_model: 'last_touch',
      attribution_window_days: 28,
      created_at: '2026-11-20T10:00:00Z',
    } as Record<string, unknown>,
    people: [] as { id: string; email: string }[],
    tables: {} as Record<string, Record<string, unknown>[]>,
  };
}
async function bring(file: ReturnType<typeof crafted>) {
  const ctx = await nodeContext(w, file.organizationId);
  try {
    return await importOrganization(ctx, file);
  } finally {
    await ctx.close();
  }
}
const isHere = async (id: string) => (await w.db.query('select 1 from organizations where id = $1', [id])).rowCount === 1;
const client = (id: string, logoKey: string | null) => ({
  id,
  organization_id: 'org_overwritten',
  name: 'C',
  logo_key: logoKey,
  colour: null,
  archived_at: null,
  created_at: '2026-11-20T10:00:00Z',
});

test('a file that names stored files of somebody else is refused whole, wherever the name stands', async () => {
  const copyOfTheirs = `exports/${victim.organizationId}/exp_1.json`;
  const theirs = [copyOfTheirs, `org/${victim.organizationId}/logo/lgo_1`, `${victim.organizationId}/${'a'.repeat(64)}`, '', 7];
  for (const key of theirs) {
    const logo = crafted();
    logo.organization['logo_key'] = key;
    await expect(bring(logo), String(key)).rejects.toMatchObject({ code: 'invalid_input', fields: [{ path: 'organization.logo_key' }] });
    expect(await isHere(logo.organizationId)).toBe(false);

    const ofClient = crafted();
    ofClient.tables['clients'] = [client(newId('cli'), null), client(newId('cli'), key as string)];
    await expect(bring(ofClient), String(key)).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ path: 'tables.clients.1.logo_key' }],
    });
    expect(await isHere(ofClient.organizationId)).toBe(false);
  }
  const media = crafted();
  media.tables['media'] = [{ id: newId('med'), storage_key: `${victim.organizationId}/${'a'.repeat(64)}` }];
  await expect(bring(media)).rejects.toMatchObject({ code: 'invalid_input', fields: [{ path: 'tables.media.0.storage_key' }] });

  const own = crafted();
  own.organization['logo_key'] = `org/${own.organizationId}/logo/lgo_1`;
  own.tables['clients'] = [client(newId('cli'), `org/${own.organizationId}/logo/lgo_2`)];
  expect(await bring(own)).toEqual({ rows: 2, missingPeople: [] });
});

test('every column that names a stored file is known to the import', async () => {
  const { rows } = await w.db.query(
    `select table_name, column_name from information_schema.columns where table_schema = 'public' and column_name ~ '(logo|storage|file|object)_key$'`,
  );
  const known = [
    ...ORGANIZATION_FILES.map((column) => `organizations.${column}`),
    ...EXPORTED.flatMap(({ table, files = [] }) => files.map((column) => `${table}.${column}`)),
    'data_exports.storage_key', // in no copy
  ];
  expect(rows.map((row) => `${row.table_name}.${row.column_name}`).toSorted()).toEqual(known.toSorted());
});

test('an organization cannot be called so that others’ files begin with its name', async () => {
  for (const id of ['exports', 'org', 'none', 'system', '', `${victim.organizationId}/x`, 'org_.*', victim.organizationId.toUpperCase()])
    await expect(bring(crafted(id)), id).rejects.toMatchObject({ code: 'invalid_input' });
});

test('who is in a file becomes a member only when number and address are theirs', async () => {
  const file = crafted();
  file.people = [
    { id: victim.userId, email: 'guessed@example.com' },
    { id: newId('usr'), email: victim.email },
  ];
  file.tables['memberships'] = file.people.map(({ id }) => ({
    user_id: id,
    role: 'owner',
    client_id: null,
    weekly_digest: true,
    created_at: '2026-11-20T10:00:00Z',
  }));
  expect(await bring(file)).toEqual({ rows: 1, missingPeople: ['guessed@example.com', victim.email] });
  const { rows } = await w.db.query('select user_id from memberships where organization_id = $1', [file.organizationId]);
  expect(rows).toEqual([]);
});

test('a file for another organization than its rows say, with names that are none, or with an organization that is here changes nobody', async () => {
  const before = (await w.db.query('select * from organizations where id = $1', [victim.organizationId])).rows;
  const over = crafted();
  over.organization['id'] = victim.organizationId;
  await expect(bring(over)).rejects.toThrow();
  await expect(bring(crafted(victim.organizationId))).rejects.toMatchObject({ code: 'conflict' });

  const own = crafted();
  // As JSON brings it: an own property of that name.
  Object.assign(
    own,
    JSON.parse(`{"tables":{"clients":[${JSON.stringify(client(newId('cli'), null)).replace('{', '{"__proto__":{"name":"polluted"},')}]}}`),
  );
  expect(await bring(own)).toEqual({ rows: 2, missingPeople: [] });
  expect(({} as Record<string, unknown>)['name']).toBeUndefined();

  const injected = crafted();
  injected.tables['clients'] = [{ ...client(newId('cli'), null), 'name") select 1; delete from organizations; --': 'x' }];
  await expect(bring(injected)).rejects.toThrow();
  expect((await w.db.query('select * from organizations where id = $1', [victim.organizationId])).rows).toEqual(before);
  expect(await isHere(injected.organizationId)).toBe(false);
  expect((await w.db.query('select name from clients where organization_id = $1', [own.organizationId])).rows).toEqual([{ name: 'C' }]);
});
