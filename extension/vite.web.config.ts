import { preact } from '@preact/preset-vite';
import { defineConfig } from 'vite';

/** The web home of the app: static files in dist/web, served by the Worker at /, index.html for every path it does not know. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [preact()],
  worker: { format: 'es' },
  build: {
    outDir: process.env['INLAY_WEB_OUT'] ?? '../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
