import { createHmac } from 'node:crypto';
import * as revenue from '#shared/contracts/revenue.ts';
import type { SignedIn } from './demo-member.ts';
import { control } from './sandbox-control.ts';
import { DEMO_SHOP } from './seed-demo.ts';
import type { Stack } from './stack.ts';
import { until } from './until.ts';

/** An order arrives by the store's signed webhook; the same bytes under a foreign signature are refused. */
export async function checkWebhook(stack: Stack, member: SignedIn): Promise<void> {
  const { order } = await control<{ order: { id: number; name: string } }>(stack.sandbox, 'POST', 'shopify/orders', {
    email: 'check@example.com',
    currency: 'EUR',
    lines: [{ title: 'Check of this machine', sku: 'CHECK-1', price: '1.00', quantity: 1 }],
  });
  const sent = await until(
    'the store has delivered its webhook',
    async () => stack.sandbox.deliveries.find((one) => one.vendor === 'shopify' && one.body.includes(String(order.id)) && one.done),
    20_000,
  );
  if (sent.answers.at(-1) !== 200) throw new Error(`the signed webhook was answered ${sent.answers.join(', ')}`);
  await until(
    'the order of the webhook has taken effect',
    async () => (await member.api.call(revenue.listOrders, { query: {} })).orders.some((one) => one.name === order.name),
    20_000,
  );
  const forged = await fetch(`${stack.origin}/webhooks/shopify`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': 'orders/create',
      'x-shopify-shop-domain': DEMO_SHOP,
      'x-shopify-webhook-id': 'check-forged',
      'x-shopify-hmac-sha256': createHmac('sha256', 'somebody else').update(sent.body).digest('base64'),
    },
    body: sent.body,
  });
  if (forged.status !== 401) throw new Error(`a forged webhook was answered ${forged.status}`);
}
