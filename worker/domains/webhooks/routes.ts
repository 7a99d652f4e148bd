import { defineRoutes } from '../../http/bind-contract.ts';
import { hmacSignature, receive } from '../../http/intake.ts';
import { sameBytes, utf8 } from '../../kernel/bytes.ts';

export const routes = defineRoutes((bind) => {
  // The platform's one-time handshake of a callback address.
  bind.raw('GET', '/webhooks/meta', { kind: 'public' }, async ({ ports, request }) => {
    const query = new URL(request.url).searchParams;
    const token = query.get('hub.verify_token') ?? '';
    const known = query.get('hub.mode') === 'subscribe' && sameBytes(utf8(token), utf8(ports.settings.META_VERIFY_TOKEN));
    return known ? new Response(query.get('hub.challenge') ?? '') : new Response('wrong token', { status: 403 });
  });
  bind.raw('POST', '/webhooks/meta', { kind: 'public' }, ({ ports, request }) => receive(ports, {
    source: 'meta', account: 'page', request,
    verify: hmacSignature({ header: 'x-hub-signature-256', prefix: 'sha256=', encoding: 'hex', secret: ports.settings.META_APP_SECRET }),
  }));
});
