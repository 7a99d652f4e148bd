import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandbox, defaultFaultPlan, noFaults, type Sandbox } from '../index.ts';
import { DEMO_IDS } from '../meta/index.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ seed: 6, demo: false });
});
afterAll(() => sandbox.close());

async function control(method: string, path: string, body?: object): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(`${sandbox.url}/_sandbox/${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

test('health names every vendor', async () => {
  expect((await control('GET', 'health')).body).toMatchObject({
    ok: true,
    seed: 6,
    vendors: [
      'meta',
      'google-ads',
      'tiktok',
      'linkedin',
      'snapchat',
      'youtube',
      'shopify',
      'hubspot',
      'google',
      'mailbox',
      'leaked-passwords',
      'webhook-receiver',
      'host-pages',
    ],
  });
});

test('a plan is set whole, in part over fair weather, or by default', async () => {
  expect((await control('PUT', 'faults', { default: true, seed: 9 })).body).toEqual(defaultFaultPlan(9));
  expect((await control('PUT', 'faults', { throttle: 0.5, webhooks: { duplicate: 1 } })).body).toEqual({
    ...noFaults(6),
    throttle: 0.5,
    webhooks: { ...noFaults(6).webhooks, duplicate: 1 },
  });
  expect((await control('PUT', 'faults', {})).body).toEqual(noFaults(6));
  expect((await control('GET', 'faults')).body).toEqual(noFaults(6));
});

test('another process makes tokens, leads and figures, and reads the oracle', async () => {
  const token = String((await control('POST', 'meta/tokens')).body['access_token']);
  expect((await fetch(`${sandbox.url}/graph.facebook.com/v26.0/me?access_token=${token}`)).status).toBe(200);
  const lead = (await control('POST', 'meta/leads', { formId: DEMO_IDS.form, fields: { email: 'lead-17@example.com' } })).body['id'];
  const oracle = (await control('GET', 'objects?platform=meta')).body as {
    objects: { id: string; kind: string }[];
    calls: Record<string, number>;
  };
  expect(oracle.objects).toContainEqual(expect.objectContaining({ id: lead, kind: 'lead' }));
  expect(oracle.calls['GET graph.facebook.com/v26.0/me']).toBe(1);
  expect((await control('POST', 'meta/insights', { adId: '1', day: '2026-11-20', spendMinor: 1, impressions: 1, clicks: 0 })).status).toBe(
    400,
  );
});

test('an unknown route is 404, a body that is not JSON 400, and a reset forgets everything', async () => {
  expect((await control('GET', 'nowhere')).status).toBe(404);
  expect((await control('POST', 'meta/nowhere', {})).status).toBe(404);
  expect((await fetch(`${sandbox.url}/_sandbox/faults`, { method: 'PUT', body: '{' })).status).toBe(400);
  await control('POST', 'reset');
  const after = (await control('GET', 'objects?platform=meta')).body as { objects: { kind: string }[]; calls: object };
  expect(after.objects.some((object) => object.kind === 'lead')).toBe(false);
  expect(after.calls).toEqual({});
});

test('the same vendor answers by path on the plain port and by its own name', async () => {
  expect((await fetch(`${sandbox.url}/nobody.example/x`)).status).toBe(404);
  const byName = await sandbox.handle(new Request('https://GRAPH.facebook.com/v26.0/me'));
  const byPath = await fetch(`${sandbox.url}/graph.facebook.com/v26.0/me`);
  expect([byName?.status, byPath.status]).toEqual([400, 400]);
  expect(await byName?.json()).toMatchObject({ error: { code: 2500 } });
});
