import * as contracts from '#shared/contracts/revenue.ts';
import { defineRoutes } from '../../http/bind-contract.ts';
import { listLeads } from './list-leads.ts';
import { updateLead } from './update-lead.ts';

export const routes = defineRoutes((bind) => {
  bind.member(contracts.listLeads, (ctx, { query }) => listLeads(ctx, query));
  bind.member(contracts.updateLead, (ctx, { params, body }) => updateLead(ctx, params.id, body));
});
