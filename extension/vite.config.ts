import { readFileSync } from 'node:fs';
import { crx } from '@crxjs/vite-plugin';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { createManifest } from './manifest.config.ts';

/**
 * Modes: `production` (local: with the fixed key), `store` (without) and `test` (open shadow roots; also by
 * INLAY_TEST_BUILD=1). INLAY_API_ORIGIN is the API this build talks to, INLAY_EXTENSION_OUT the folder it goes to, default
 * dist/extension.
 */
export default defineConfig(({ mode }) => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  const apiOrigin = new URL(process.env['INLAY_API_ORIGIN'] ?? 'http://127.0.0.1:8787').origin;
  const test = mode === 'test' || process.env['INLAY_TEST_BUILD'] === '1';
  return {
    root: import.meta.dirname,
    plugins: [preact(), crx({ manifest: createManifest({ version, apiOrigin, local: mode !== 'store', test }) })],
    // The launch builder's planner is a module like the page that starts it.
    worker: { format: 'es' },
    define: { __INLAY_API_ORIGIN__: JSON.stringify(apiOrigin), __INLAY_TEST_BUILD__: JSON.stringify(test) },
    build: {
      outDir: process.env['INLAY_EXTENSION_OUT'] ?? '../dist/extension',
      emptyOutDir: true,
      target: 'chrome116',
      sourcemap: false,
      modulePreload: false,
      // Pages that the manifest does not name.
      rolldownOptions: { input: { app: 'app.html', welcome: 'welcome.html' } },
    },
  };
});
