import * as contracts from '#shared/contracts/machines.ts';
import { defineRoutes } from '../../http/bind-contract.ts';
import { createApiKey } from './keys/create-key.ts';
import { listApiKeys } from './keys/list-keys.ts';
import { revokeApiKey } from './keys/revoke-key.ts';
import { createWebhookEndpoint } from './webhooks-out/create-endpoint.ts';
import { deleteWebhookEndpoint } from './webhooks-out/delete-endpoint.ts';
import { listWebhookDeliveries } from './webhooks-out/list-deliveries.ts';
import { listWebhookEndpoints } from './webhooks-out/list-endpoints.ts';
import { replayWebhookDelivery } from './webhooks-out/replay-delivery.ts';
import { rotateWebhookSecret } from './webhooks-out/rotate-secret.ts';
import { testWebhookEndpoint } from './webhooks-out/test-endpoint.ts';
import { updateWebhookEndpoint } from './webhooks-out/update-endpoint.ts';

export const routes = defineRoutes((bind) => {
  bind.member(contracts.listApiKeys, (ctx) => listApiKeys(ctx));
  bind.member(contracts.createApiKey, (ctx, { body }) => createApiKey(ctx, body));
  bind.member(contracts.revokeApiKey, (ctx, { params }) => revokeApiKey(ctx, params.id));
  bind.member(contracts.listWebhookEndpoints, (ctx) => listWebhookEndpoints(ctx));
  bind.member(contracts.createWebhookEndpoint, (ctx, { body }) => createWebhookEndpoint(ctx, body));
  bind.member(contracts.updateWebhookEndpoint, (ctx, { params, body }) => updateWebhookEndpoint(ctx, params.id, body));
  bind.member(contracts.deleteWebhookEndpoint, (ctx, { params }) => deleteWebhookEndpoint(ctx, params.id));
  bind.member(contracts.rotateWebhookSecret, (ctx, { params }) => rotateWebhookSecret(ctx, params.id));
  bind.member(contracts.testWebhookEndpoint, (ctx, { params }) => testWebhookEndpoint(ctx, params.id));
  bind.member(contracts.listWebhookDeliveries, (ctx, { query }) => listWebhookDeliveries(ctx, query));
  bind.member(contracts.replayWebhookDelivery, (ctx, { params }) => replayWebhookDelivery(ctx, params.id));
});
