import { routes as identity } from '../domains/identity/routes.ts';
import type { Routes } from './bind-contract.ts';

/** All domains' routes, in the order a reader would look for them: the table of contents of the API. */
export const domainRoutes: Routes[] = [identity];
