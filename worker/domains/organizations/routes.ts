import * as contracts from '#shared/contracts/organizations.ts';
import { defineRoutes } from '../../http/bind-contract.ts';
import { updateOrganization } from './update-organization.ts';

export const routes = defineRoutes((bind) => {
  bind.member(contracts.updateOrganization, (ctx, { body }) => updateOrganization(ctx, body));
});
