import './quiet-wrangler.ts';
import path from 'node:path';
import { unstable_readConfig } from 'wrangler';

/** What wrangler.toml calls the API and the web app, in the names the widget's build asks for. */
export interface PublicOrigins {
  INLAY_API_ORIGIN: string;
  INLAY_APP_ORIGIN: string;
}

export function publicOrigins(): PublicOrigins {
  const { vars } = unstable_readConfig({ config: path.resolve(import.meta.dirname, '../wrangler.toml') });
  const origin = (name: string) => new URL(String(vars[name])).origin;
  return { INLAY_API_ORIGIN: origin('API_ORIGIN'), INLAY_APP_ORIGIN: origin('APP_ORIGIN') };
}

/** Whether these are still the addresses of the checkout: no customer's page can reach them. */
export function arePlaceholders(origins: PublicOrigins): boolean {
  return Object.values(origins).some((origin: string) => new URL(origin).hostname.endsWith('.test'));
}
