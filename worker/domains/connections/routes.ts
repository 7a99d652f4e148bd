import * as contracts from '#shared/contracts/connections.ts';
import { defineRoutes } from '../../http/bind-contract.ts';
import { browserSecret } from '../../kernel/browser-cookie.ts';
import { notFound } from '../../kernel/errors.ts';
import { disconnect } from './disconnect.ts';
import { finishConnection } from './finish-connection.ts';
import { listConnections } from './list-connections.ts';
import { CONNECT_COOKIE, startConnection } from './start-connection.ts';

export const routes = defineRoutes((bind) => {
  bind.member(contracts.listConnections, (ctx) => listConnections(ctx));
  bind.member(contracts.startConnection, (ctx, { params, body, request, setHeader }) => {
    const { secret, cookie } = browserSecret(request, CONNECT_COOKIE);
    setHeader('set-cookie', cookie);
    return startConnection(ctx, params.provider, body, { request, browser: secret });
  });
  bind.member(contracts.disconnect, (ctx, { params }) => disconnect(ctx, params.id));
  // Where the platform's consent page sends the browser, which brings no session: state and cookie prove who began, and that it was here.
  bind.raw('GET', '/v1/connections/:provider/callback', { kind: 'public' }, async ({ ports, params, request }) => {
    const provider = contracts.provider.safeParse(params['provider']);
    if (!provider.success) throw notFound('platform');
    const location = await finishConnection(ports, provider.data, request);
    return new Response(null, { status: 302, headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } });
  });
});
