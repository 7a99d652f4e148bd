import { PlatformError } from '../../platform-error.ts';
import type { StoreSession } from '../store-platform.ts';
import { admin } from './client.ts';

const TOPICS = ['ORDERS_CREATE', 'ORDERS_PAID', 'ORDERS_UPDATED', 'ORDERS_CANCELLED', 'REFUNDS_CREATE', 'APP_UNINSTALLED'] as const;
interface Answer {
  webhookSubscriptionCreate: { userErrors: { field: string[] | null; message: string }[] };
}

const CREATE = `mutation Subscribe($topic: WebhookSubscriptionTopic!, $uri: String!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: { uri: $uri, format: JSON }) { userErrors { field message } webhookSubscription { id } }
}`;
const LIST = `query Subscribed { webhookSubscriptions(first: 50) { nodes { topic uri } } }`;

/** Our topics at our address. What is there already is left alone, so asking again only mends what the store has removed. */
export async function subscribe(session: StoreSession, uri: string): Promise<void> {
  const { webhookSubscriptions } = await admin<{ webhookSubscriptions: { nodes: { topic: string; uri: string }[] } }>(session, LIST);
  const there = new Set(webhookSubscriptions.nodes.filter((one) => one.uri === uri).map((one) => one.topic));
  for (const topic of TOPICS) {
    if (there.has(topic)) continue;
    const { webhookSubscriptionCreate: made } = await admin<Answer>(session, CREATE, { topic, uri });
    const [refused] = made.userErrors;
    if (refused)
      throw new PlatformError('refused', refused.message, {
        platform: 'shopify',
        ...(refused.field ? { field: refused.field.join('.') } : {}),
      });
  }
}
