import { createHash } from 'node:crypto';

/** Secrets that protect nothing but a stack on this machine: derived from a fixed word, so data survives a restart. */
const derived = (name: string): string => createHash('sha256').update(`inlay local ${name}`).digest('base64');

/** What a local Worker needs besides wrangler.toml: the sandbox's app credentials and the local doors. */
export function localVars(input: {
  databaseUrl: string;
  neonProxyPort: number;
  outsideOrigin: string;
  workerOrigin: string;
  extensionIds: string;
}): Record<string, string> {
  return {
    DATABASE_URL: input.databaseUrl,
    NEON_LOCAL_PROXY: `127.0.0.1:${input.neonProxyPort}`,
    OUTSIDE_ORIGIN: input.outsideOrigin,
    API_ORIGIN: input.workerOrigin,
    APP_ORIGIN: input.workerOrigin,
    EXTENSION_IDS: input.extensionIds,
    KEY_ENCRYPTION_KEYS: JSON.stringify({ 1: derived('kek') }),
    SESSION_KEY: derived('session'),
    CLICK_KEY: derived('click'),
    MAIL_PROVIDER: 'resend',
    MAIL_API_KEY: 'sandbox-mail',
    MAIL_FROM: 'Inlay <hello@inlay.test>',
    META_APP_ID: '1000000000000001',
    META_APP_SECRET: 'sandbox-meta-secret',
    META_VERIFY_TOKEN: 'sandbox-verify',
    TIKTOK_APP_ID: '7400000000000000001',
    TIKTOK_APP_SECRET: 'sandbox-tiktok-secret',
    GOOGLE_ADS_CLIENT_ID: 'sandbox-google.apps.googleusercontent.com',
    GOOGLE_ADS_CLIENT_SECRET: 'sandbox-google-secret',
    SNAPCHAT_CLIENT_ID: '0c5a7d10-5b1e-4a70-a1f0-000000000001',
    SNAPCHAT_CLIENT_SECRET: 'sandbox-snapchat-secret',
    LINKEDIN_CLIENT_ID: '78sandboxlinked',
    LINKEDIN_CLIENT_SECRET: 'sandbox-linkedin-secret',
    SHOPIFY_CLIENT_ID: 'sandbox-shopify',
    SHOPIFY_CLIENT_SECRET: 'sandbox-shopify-secret',
    HUBSPOT_CLIENT_ID: 'sandbox-hubspot',
    HUBSPOT_CLIENT_SECRET: 'sandbox-hubspot-secret',
    GOOGLE_CLIENT_ID: 'sandbox-google.apps.googleusercontent.com',
    GOOGLE_CLIENT_SECRET: 'sandbox-google-secret',
    SETTLE_WINDOW_MS: '3000',
    SEARCH_GAP_MS: '700',
    CALL_TIMEOUT_MS: '1500',
    // Everybody here comes from one machine.
    CALL_LIMITS: 'off',
    API_LIMITS: 'off',
  };
}
