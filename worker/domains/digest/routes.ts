import * as contracts from '#shared/contracts/privacy.ts';
import { defineRoutes } from '../../http/bind-contract.ts';
import { answerDigestOff } from './digest-off.ts';
import { readDigest, switchDigest } from './preference.ts';

export const routes = defineRoutes((bind) => {
  bind.member(contracts.readDigest, (ctx) => readDigest(ctx));
  bind.member(contracts.switchDigest, (ctx, { body }) => switchDigest(ctx, body.weekly));
  bind.raw('GET', '/v1/digest/off', { kind: 'public' }, ({ ports, request }) => answerDigestOff(ports, request));
  bind.raw('POST', '/v1/digest/off', { kind: 'public' }, ({ ports, request }) => answerDigestOff(ports, request));
});
