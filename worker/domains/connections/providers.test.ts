import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Settings } from '../../env.ts';
import { callbackUrl } from './providers.ts';

test('the addresses our HubSpot app registers are those its consent page is given', () => {
  const app = JSON.parse(readFileSync('widget/hubspot-app/src/app/app-hsmeta.json', 'utf8')) as {
    config: { auth: { redirectUrls: string[] } };
  };
  const origins = ['https://api.inlay.test', 'https://app.inlay.test'] as const;
  const settings = { API_ORIGIN: origins[0], APP_ORIGIN: origins[1] } as Settings;
  expect(app.config.auth.redirectUrls).toEqual(origins.map((origin) => callbackUrl(settings, 'hubspot', new Request(`${origin}/any`))));
});
