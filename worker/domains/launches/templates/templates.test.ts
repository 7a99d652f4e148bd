import { afterAll, beforeAll, expect, test } from 'vitest';
import * as templates from '#shared/contracts/launch-templates.ts';
import type { TemplateContent } from '#shared/contracts/launch-templates.ts';
import { createApiKey } from '#shared/contracts/machines.ts';
import { startWorker, type Member, type TestWorker } from '../../../testing/harness.ts';
import { addPerson } from '../../../testing/tenancy/add-person.ts';

let w: TestWorker;
let member: Member;
beforeAll(async () => {
  w = await startWorker();
  member = await w.signUp();
});
afterAll(() => w.stop());

const content = (countries: string): TemplateContent => ({
  settings: { goal: 'leads', countries, naming: { ad: '{concept}' }, utm: [{ key: 'utm_source', value: 'meta' }] },
  rows: [
    ['campaign', 'ad_set'],
    ['Spring', 'Women'],
  ],
  required: ['link'],
});
const names = async () => (await member.api.call(templates.listTemplates, {})).templates.map((one) => one.name);

test('a template is kept in versions, and who was slower writes nothing', async () => {
  const made = await member.api.call(templates.createTemplate, { body: { name: 'Leads', content: content('FR') } });
  expect(made).toMatchObject({ name: 'Leads', isPersonal: false, version: 1, content: content('FR') });
  const change = (version: number, countries: string) =>
    member.api.call(templates.updateTemplate, { params: { id: made.id }, body: { name: 'Leads', version, content: content(countries) } });
  const both = await Promise.allSettled([change(1, 'BE'), change(1, 'MA')]);
  expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await expect(change(1, 'US')).rejects.toMatchObject({ problem: { code: 'conflict' } });
  expect(await change(2, 'DE')).toMatchObject({ version: 3 });
  const open = (version?: number) =>
    member.api.call(templates.getTemplate, { params: { id: made.id }, query: version === undefined ? {} : { version } });
  expect((await open()).content.settings['countries']).toBe('DE');
  expect((await open(1)).content).toEqual(content('FR'));
  await expect(open(9)).rejects.toMatchObject({ problem: { code: 'not_found' } });
});

test('a personal template is its owner’s alone: nobody else reads, changes or deletes it, whatever their role', async () => {
  const mine = await member.api.call(templates.createTemplate, { body: { name: 'Mine', isPersonal: true, content: content('FR') } });
  const admin = await addPerson(w, { organizationId: member.organizationId, role: 'admin' });
  const { key } = await member.api.call(createApiKey, { body: { name: 'Script', scopes: ['launches:write'] } });
  for (const token of [admin.token, key]) {
    const ask = (path: string, method = 'GET', body?: unknown) =>
      fetch(w.origin + path, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    expect(await (await ask('/v1/launch-templates')).text()).not.toContain('Mine');
    expect((await ask(`/v1/launch-templates/${mine.id}`)).status).toBe(404);
    expect((await ask(`/v1/launch-templates/${mine.id}`, 'PUT', { name: 'x', version: 1, content: content('FR') })).status).toBe(404);
    expect((await ask(`/v1/launch-templates/${mine.id}`, 'DELETE')).status).toBe(404);
  }
  const machine = await fetch(`${w.origin}/v1/launch-templates`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Whose', isPersonal: true, content: content('FR') }),
  });
  expect(machine.status).toBe(403);
  expect(await names()).toEqual(['Leads', 'Mine']);
});

test('deleting takes all versions along', async () => {
  const { templates: all } = await member.api.call(templates.listTemplates, {});
  for (const { id } of all) await member.api.call(templates.deleteTemplate, { params: { id } });
  expect(await names()).toEqual([]);
  expect((await w.db.query('select 1 from launch_template_versions')).rowCount).toBe(0);
});
