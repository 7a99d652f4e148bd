import path from 'node:path';

/** No telemetry, no update look-ups, no files outside the checkout: set before wrangler or Miniflare is loaded. */
Object.assign(process.env, {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  NO_UPDATE_NOTIFIER: '1',
  WRANGLER_LOG_PATH: path.resolve(import.meta.dirname, '../.local/wrangler-logs'),
  WRANGLER_REGISTRY_PATH: path.resolve(import.meta.dirname, '../.local/wrangler-registry'),
});
