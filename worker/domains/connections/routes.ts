import * as contracts from '#shared/contracts/connections.ts';
import { defineRoutes } from '../../http/bind-contract.ts';
import { notFound } from '../../kernel/errors.ts';
import { disconnect } from './disconnect.ts';
import { finishConnection } from './finish-connection.ts';
import { listConnections } from './list-connections.ts';
import { startConnection } from './start-connection.ts';

export const routes = defineRoutes((bind) => {
  bind.member(contracts.listConnections, (ctx) => listConnections(ctx));
  bind.member(contracts.startConnection, (ctx, { params, body }) => startConnection(ctx, params.provider, body));
  bind.member(contracts.disconnect, (ctx, { params }) => disconnect(ctx, params.id));
  // Where the platform's consent page sends the browser, which brings no session: the state proves who began.
  bind.raw('GET', '/v1/connections/:provider/callback', { kind: 'public' }, async ({ ports, params, request }) => {
    const provider = contracts.provider.safeParse(params['provider']);
    if (!provider.success) throw notFound('platform');
    const location = await finishConnection(ports, provider.data, new URL(request.url).searchParams);
    return new Response(null, { status: 302, headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } });
  });
});
