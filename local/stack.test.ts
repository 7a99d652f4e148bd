import fs from 'node:fs';
import path from 'node:path';
import { createApiClient } from '#shared/api-client/create-api-client.ts';
import * as identity from '#shared/contracts/identity.ts';
import { afterAll, expect, test } from 'vitest';
import { DEMO, signUpByMail } from './demo-member.ts';
import { forgetStack } from './forget-stack.ts';
import { freePorts } from './free-port.ts';
import { control } from './sandbox-control.ts';
import { startStack, type Stack } from './stack.ts';

const dir = path.resolve(import.meta.dirname, `../.local/keep-${process.pid}`);
let running: Stack | undefined;
afterAll(async () => {
  await running?.stop();
  await forgetStack(dir);
});

/** A stack as `npm start` makes it, used, and stopped. */
async function withStack<T>(use: (stack: Stack) => Promise<T>): Promise<T> {
  const ports = await freePorts();
  running = await startStack({ dir, ports, seed: 1, quiet: true, demo: false });
  const result = await use(running);
  await running.stop();
  running = undefined;
  return result;
}

const ORGANIZATION = 'Kept organization';

/** What the database, the imitated platforms and the Worker's storage remember. */
async function remembered(stack: Stack): Promise<{ organization: string | null; orders: number; stored: string | null }> {
  const open = createApiClient({ origin: stack.origin, fetch });
  const session = await open.call(identity.signIn, { body: DEMO }).catch(() => null);
  const { orders } = await control<{ orders: unknown[] }>(stack.sandbox, 'GET', 'shopify/orders');
  const file = await (await stack.worker.mf.getR2Bucket('RAW')).get('kept');
  return {
    organization: session && 'me' in session ? (session.me.organization?.name ?? null) : null,
    orders: orders.length,
    stored: (await file?.text()) ?? null,
  };
}

test('a second start remembers everything, a start after a reset nothing', async () => {
  await withStack(async (stack) => {
    await signUpByMail(stack, { ...DEMO, organizationName: ORGANIZATION });
    await control(stack.sandbox, 'POST', 'shopify/orders', {
      email: 'buyer@example.com',
      currency: 'EUR',
      lines: [{ title: 'Field notebook', sku: 'NB-1', price: '24.90', quantity: 1 }],
    });
    await (await stack.worker.mf.getR2Bucket('RAW')).put('kept', 'yes');
  });
  await withStack(async (stack) => expect(await remembered(stack)).toEqual({ organization: ORGANIZATION, orders: 1, stored: 'yes' }));

  const lock = path.join(dir, 'running.pid');
  fs.writeFileSync(lock, String(process.pid));
  await expect(forgetStack(dir)).rejects.toThrow('Stop it first');
  fs.rmSync(lock);
  await forgetStack(dir);
  expect(fs.existsSync(dir)).toBe(false);
  await withStack(async (stack) => expect(await remembered(stack)).toEqual({ organization: null, orders: 0, stored: null }));
}, 120_000);
