import * as contracts from '#shared/contracts/embeds.ts';
import { defineRoutes } from '../../http/bind-contract.ts';
import { notFound } from '../../kernel/errors.ts';
import { affiliateStats } from '../affiliates/index.ts';
import { leadCard } from '../revenue/index.ts';
import { readContactSubject } from './contact-subject.ts';
import { createEmbedKey } from './create-embed-key.ts';
import { listEmbedKeys } from './list-embed-keys.ts';
import { mintEmbedToken } from './mint-embed-token.ts';
import { mintShopToken } from './mint-shop-token.ts';

export const routes = defineRoutes((bind) => {
  bind.member(contracts.listEmbedKeys, (ctx) => listEmbedKeys(ctx));
  bind.member(contracts.createEmbedKey, (ctx, { body }) => createEmbedKey(ctx, body));
  bind.public(
    contracts.mintEmbedToken,
    async (ports, { body, request, setHeader }) => {
      const origin = request.headers.get('origin');
      const minted = await mintEmbedToken(ports, origin, body);
      // The origin is the key's by now, letter by letter.
      setHeader('access-control-allow-origin', origin as string);
      setHeader('access-control-expose-headers', 'date');
      setHeader('vary', 'Origin');
      return minted;
    },
    'embed-token',
  );
  bind.raw('GET', contracts.shopifyProxyTokenPath, { kind: 'public' }, async ({ ports, request }) =>
    Response.json(await mintShopToken(ports, request), { headers: { 'cache-control': 'no-store' } }),
  );
  // A page that may show the card may see its cost: that is what a key of this kind allows.
  bind.embed(contracts.embedLeadRoas, (ctx, { subject }) => {
    if (subject === null) throw notFound('contact');
    return leadCard(ctx, readContactSubject(subject));
  });
  bind.embed(contracts.embedAffiliateStats, (ctx, { subject }) => {
    if (subject === null) throw notFound('creator');
    return affiliateStats(ctx, subject);
  });
});
