import * as contracts from '#shared/contracts/affiliates.ts';
import { defineRoutes } from '../../http/bind-contract.ts';
import { addAffiliate } from './add-affiliate.ts';
import { followLink } from './follow-link.ts';
import { getProgram } from './get-program.ts';
import { saveProgram } from './save-program.ts';

export const routes = defineRoutes((bind) => {
  bind.member(contracts.getProgram, (ctx) => getProgram(ctx));
  bind.member(contracts.saveProgram, (ctx, { body }) => saveProgram(ctx, body));
  bind.member(contracts.addAffiliate, (ctx, { body }) => addAffiliate(ctx, body));
  bind.raw(
    'GET',
    contracts.redirectPath,
    { kind: 'public' },
    ({ ports, params, request }) => followLink(ports, params['code'] ?? '', request),
    'redirect',
  );
});
