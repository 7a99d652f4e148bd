import path from 'node:path';
import * as connections from '#shared/contracts/connections.ts';
import type { AdAccount } from '#shared/contracts/connections.ts';
import { addDays, dayOf } from '#shared/rules/day-of.ts';
import { buildClient } from '../local/build-clients.ts';
import { buildTestExtension } from '../local/build-test-extension.ts';
import type { SignedIn } from '../local/demo-member.ts';
import { CREATOR } from '../local/demo/sell.ts';
import { openExtensionBrowser, signInExtension, type ExtensionBrowser } from '../local/demo/signed-in-browser.ts';
import { freePorts } from '../local/free-port.ts';
import { control } from '../local/sandbox-control.ts';
import { DEMO_ACCOUNT, seedDemo } from '../local/seed-demo.ts';
import { startStack, type Stack } from '../local/stack.ts';
import { until } from '../local/until.ts';

/** Everything a journey walks through: the whole product with its demo organization, and a Chromium whose extension is signed in. */
export interface World {
  stack: Stack;
  member: SignedIn;
  account: AdAccount;
  browser: ExtensionBrowser;
  extension: string;
  /** The days that pages and figures are compared in. */
  range: { since: string; until: string };
  stop(): Promise<void>;
}

export const BRIEFS = path.resolve(import.meta.dirname, '../sandbox/briefs');

export async function startWorld(seed = 1): Promise<World> {
  const ports = await freePorts();
  const dir = `.local/e2e-${process.pid}`;
  const extension = buildTestExtension(`http://127.0.0.1:${ports.worker}`, path.join(dir, 'extension'));
  await Promise.all([buildClient('web'), buildClient('widget'), extension]);
  const stack = await startStack({ dir, ports, seed, throwaway: true, cronEverySeconds: 2, quiet: true });
  try {
    const member = await seedDemo(stack, seed);
    await control(stack.sandbox, 'POST', 'shopify/orders', {
      customerId: CREATOR.customerId,
      email: CREATOR.email,
      currency: 'EUR',
      lines: [{ title: 'Ridge bottle', sku: 'BTL-02', price: '34.00' }],
    });
    const account = (await member.api.call(connections.listAdAccounts, {})).adAccounts.find((one) => one.externalId === DEMO_ACCOUNT);
    if (!account) throw new Error('The demo ad account is not connected.');
    const told = await control<{ orders: unknown[] }>(stack.sandbox, 'GET', 'shopify/orders');
    const leads = stack.sandbox.meta.objects().filter((one) => one.kind === 'lead').length;
    await until(
      'leads and orders were read back',
      async () => {
        const [row] = await stack.query<{ leads: number; orders: number }>(
          'select (select count(*)::int from leads) as leads, (select count(*)::int from orders) as orders',
        );
        return row?.leads === leads && row.orders === told.orders.length;
      },
      60_000,
      200,
    );
    const browser = await openExtensionBrowser(stack, await extension);
    await signInExtension(browser);
    const today = dayOf(Date.now(), account.timezone);
    return {
      stack,
      member,
      account,
      browser,
      extension: await extension,
      range: { since: addDays(today, -27), until: today },
      async stop() {
        await browser.close();
        await stack.stop();
      },
    };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}
