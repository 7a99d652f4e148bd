import { expect, test } from 'vitest';
import { createSandbox } from '../index.ts';

test('a dead platform cuts every connection, over a real socket too, and the others live', async () => {
  const sandbox = await createSandbox({ seed: 1, demo: false });
  const headers = { authorization: `Bearer ${sandbox.snapchat.issueToken()}` };
  const ask = () => fetch(`${sandbox.url}/adsapi.snapchat.com/v1/me`, { headers });
  expect((await ask()).status).toBe(200);
  sandbox.snapchat.setDead(true);
  await expect(ask()).rejects.toThrow();
  expect((await fetch(`${sandbox.url}/graph.facebook.com/v26.0/me`)).status).toBe(400);
  sandbox.snapchat.setDead(false);
  expect((await ask()).status).toBe(200);
  await sandbox.close();
});
