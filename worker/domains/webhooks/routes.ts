import { defineRoutes } from '../../http/bind-contract.ts';
import { hmacSignature, receive } from '../../http/intake.ts';
import { sameBytes, utf8 } from '../../kernel/bytes.ts';
import { storePlatform } from '../../platforms/stores/registry.ts';

export const routes = defineRoutes((bind) => {
  // The platform's one-time handshake of a callback address.
  bind.raw('GET', '/webhooks/meta', { kind: 'public' }, async ({ ports, request }) => {
    const query = new URL(request.url).searchParams;
    const token = query.get('hub.verify_token') ?? '';
    const known = query.get('hub.mode') === 'subscribe' && sameBytes(utf8(token), utf8(ports.settings.META_VERIFY_TOKEN));
    return known ? new Response(query.get('hub.challenge') ?? '') : new Response('wrong token', { status: 403 });
  });
  bind.raw('POST', '/webhooks/meta', { kind: 'public' }, ({ ports, request }) =>
    receive(ports, {
      source: 'meta',
      account: 'page',
      request,
      verify: hmacSignature({
        header: 'x-hub-signature-256',
        prefix: 'sha256=',
        encoding: 'hex',
        secret: ports.settings.META_APP_SECRET,
        previous: ports.settings.META_APP_SECRET_PREVIOUS,
      }),
    }),
  );
  // Orders, refunds, removal and the privacy topics, all through one door. Whose shop it is, is asked when it takes effect.
  bind.raw('POST', '/webhooks/shopify', { kind: 'public' }, ({ ports, request }) => {
    const store = storePlatform('shopify');
    const shop = store.shopOf(Object.fromEntries(request.headers));
    const signed = hmacSignature({
      header: 'x-shopify-hmac-sha256',
      encoding: 'base64',
      secret: ports.settings.SHOPIFY_CLIENT_SECRET,
      previous: ports.settings.SHOPIFY_CLIENT_SECRET_PREVIOUS,
    });
    return receive(ports, {
      source: 'shopify',
      account: shop ?? 'unknown',
      request,
      keepHeaders: store.webhookHeaders,
      verify: async (raw, sent) => (await signed(raw, sent)) ?? (shop === null ? { status: 400, reason: 'malformed' } : null),
    });
  });
});
