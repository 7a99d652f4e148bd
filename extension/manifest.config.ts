import { defineManifest } from '@crxjs/vite-plugin';

/** Public half of the key that fixes the id of unpacked builds; the web store signs released ones with its own. */
export const LOCAL_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqj61rTN3EaFNd0zjZVX3sQy5BCr6lI0Md045NqOIjLCzPUyW7IIjnZhLLy2wRqncN8hRrzmC/rgYEMkb3+9NAXuj0pGsqUnbZ4APPYZZMhutCz32hj2L9CHVT2z7dp694Sjx3uLQ/9MKaVZl7CfhlhTKqkjH1R2T2/g0is5Xl0qznY8qDYh8UtgwT10XPnG0J7FXpvzlhr5ZCgMPxX4Y//59xlxFgK2MgVVXTc4AD6sL7qNZjLpwyf6WatkeOR3XJk8BnJiy6Oc0+yzDhzmYrRrGI9MLUCgv7znKu9SUQrM9AHoUaemlE3bqT6h/2vaT01RngE3/YB8w8+6kHqPXkwIDAQAB';
/** First 32 hex digits of the key's SHA-256, written a to p; its sign-in address is https://<id>.chromiumapp.org/signed-in. */
export const LOCAL_ID = 'mobbfmmkhddlmcbbpihjfdcggbjfeach';

export interface ManifestOptions {
  version: string;
  apiOrigin: string;
  /** Store builds carry no key. */
  local: boolean;
  /** Test builds hold the HubSpot permission from the start: no test can click Chrome's own question. */
  test: boolean;
}

const HUBSPOT = 'https://app.hubspot.com/*';

export const createManifest = ({ version, apiOrigin, local, test }: ManifestOptions) =>
  defineManifest({
    manifest_version: 3,
    name: 'Inlay',
    version,
    description: 'Launch ads and see tracked revenue and ROAS inside the pages where you already work.',
    ...(local ? { key: LOCAL_KEY } : {}),
    // sidePanel.open and the popover attribute both need 116.
    minimum_chrome_version: '116',
    icons: { 16: 'icons/16.png', 32: 'icons/32.png', 48: 'icons/48.png', 128: 'icons/128.png' },
    action: { default_popup: 'popup.html', default_title: 'Inlay' },
    side_panel: { default_path: 'panel.html' },
    background: { service_worker: 'src/background/index.ts', type: 'module' },
    permissions: ['storage', 'alarms', 'sidePanel', 'identity', 'activeTab', 'scripting'],
    host_permissions: [`${apiOrigin}/*`, ...(test ? [HUBSPOT] : [])],
    optional_host_permissions: [HUBSPOT],
    content_scripts: [
      {
        matches: [
          'https://adsmanager.facebook.com/*',
          'https://business.facebook.com/adsmanager/*',
          'https://www.facebook.com/adsmanager/*',
        ],
        js: ['src/content/main.iife.ts'],
        run_at: 'document_idle',
      },
    ],
    content_security_policy: {
      extension_pages: `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; worker-src 'self'; connect-src ${apiOrigin}; form-action 'none'; frame-ancestors 'none'; base-uri 'none'`,
    },
  });
