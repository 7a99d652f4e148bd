import * as contracts from '#shared/contracts/revenue.ts';
import { defineRoutes } from '../../http/bind-contract.ts';
import { answerHubspot } from './lead-card/answer-hubspot.ts';
import { leadCard } from './lead-card/lead-card.ts';
import { listOrders } from './list-orders.ts';

export const routes = defineRoutes((bind) => {
  bind.member(contracts.listOrders, (ctx, { query }) => listOrders(ctx, query));
  bind.member(contracts.getLeadCard, (ctx, { query }) => leadCard(ctx, query));
  for (const method of ['GET', 'POST'] as const) {
    bind.raw(method, '/v1/hubspot/card', { kind: 'public' }, async ({ ports, request }) =>
      Response.json(await answerHubspot(ports, request)),
    );
  }
});
