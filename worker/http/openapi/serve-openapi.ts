import { toBase64, utf8 } from '../../kernel/bytes.ts';
import type { App, RouteFact } from '../bind-contract.ts';
import { buildOpenapi } from './build-openapi.ts';
import { REFERENCE_CSS, referencePage } from './reference-page.ts';

/** The API described for machines and for people, from the routes that are bound. Both are built once per isolate, when first asked for. */
export function serveOpenapi(app: App, facts: readonly RouteFact[]): void {
  let json: string | undefined;
  let page: { html: string; policy: string } | undefined;
  app.get('/v1/openapi.json', (c) => {
    json ??= JSON.stringify(buildOpenapi(facts, c.get('ports').settings.API_ORIGIN));
    c.header('access-control-allow-origin', '*');
    c.header('content-type', 'application/json');
    return c.body(json);
  });
  app.get('/v1/reference', async (c) => {
    if (!page) {
      const hash = toBase64(await crypto.subtle.digest('SHA-256', utf8(REFERENCE_CSS)));
      page = {
        html: referencePage(buildOpenapi(facts, c.get('ports').settings.API_ORIGIN)),
        policy: `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      };
    }
    c.header('content-security-policy', page.policy);
    c.header('x-frame-options', 'DENY');
    return c.html(page.html);
  });
}
