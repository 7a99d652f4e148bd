/** Names that a browser with host mapping may open here; the list also goes into its --host-resolver-rules. */
export const BROWSER_HOSTS = [
  'adsmanager.facebook.com',
  'business.facebook.com',
  'www.facebook.com',
  'graph.facebook.com',
  'business-api.tiktok.com',
  'app.hubspot.com',
  'api.hubapi.com',
  'inlay-demo.myshopify.com',
  'cdn.inlay.test',
  'api.inlay.test',
  'app.inlay.test',
  'mailbox.inlay.test',
  'sandbox.inlay.test',
] as const;

/** Names in the certificate. */
export const CERTIFICATE_HOSTS: readonly string[] = [...BROWSER_HOSTS, '*.myshopify.com'];

/** These two are the product's own Worker; the HTTPS front only passes them on. */
export const WORKER_HOSTS: readonly string[] = ['api.inlay.test', 'app.inlay.test'];

/** Chromium switches that make the real names reach this machine and every other name fail. */
export function hostSwitches(port: number, spki: string): string[] {
  const maps = [...BROWSER_HOSTS, '*.myshopify.com'].map((host) => `MAP ${host}:443 127.0.0.1:${port}`);
  return [
    `--host-resolver-rules=${maps.join(',')},MAP * ~NOTFOUND,EXCLUDE 127.0.0.1,EXCLUDE localhost`,
    `--ignore-certificate-errors-spki-list=${spki}`,
  ];
}
