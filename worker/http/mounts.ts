import { routes as affiliates } from '../domains/affiliates/routes.ts';
import { routes as connections } from '../domains/connections/routes.ts';
import { routes as digest } from '../domains/digest/routes.ts';
import { routes as embeds } from '../domains/embeds/routes.ts';
import { routes as identity } from '../domains/identity/routes.ts';
import { routes as insights } from '../domains/insights/routes.ts';
import { routes as launches } from '../domains/launches/routes.ts';
import { routes as leads } from '../domains/leads/routes.ts';
import { routes as machines } from '../domains/machines/routes.ts';
import { routes as operations } from '../domains/operations/routes.ts';
import { routes as organizations } from '../domains/organizations/routes.ts';
import { routes as privacy } from '../domains/privacy/routes.ts';
import { routes as revenue } from '../domains/revenue/routes.ts';
import { routes as webhooks } from '../domains/webhooks/routes.ts';
import type { Routes } from './bind-contract.ts';

/** All domains' routes, in the order a reader would look for them: the table of contents of the API. */
export const domainRoutes: Routes[] = [
  identity,
  organizations,
  connections,
  insights,
  launches,
  leads,
  revenue,
  affiliates,
  embeds,
  digest,
  privacy,
  machines,
  webhooks,
  operations,
];
