import * as accounts from '#shared/contracts/connections.ts';
import * as metrics from '#shared/contracts/metrics.ts';
import { defineRoutes } from '../../http/bind-contract.ts';
import { listAccountPages } from './list-account-pages.ts';
import { listAdAccounts } from './list-ad-accounts.ts';
import { listInsights } from './list-insights.ts';
import { lookUpMetrics } from './look-up-metrics.ts';
import { requestSync } from './request-sync.ts';

export const routes = defineRoutes((bind) => {
  bind.member(metrics.lookUpMetrics, (ctx, { body }) => lookUpMetrics(ctx, body));
  bind.member(metrics.listInsights, (ctx, { query }) => listInsights(ctx, query));
  bind.member(accounts.listAdAccounts, (ctx) => listAdAccounts(ctx));
  bind.member(accounts.syncAdAccount, (ctx, { params }) => requestSync(ctx, params.id));
  bind.member(accounts.listPages, (ctx, { params }) => listAccountPages(ctx, params.id));
});
