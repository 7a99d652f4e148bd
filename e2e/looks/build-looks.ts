import { join } from 'node:path';
import { preact } from '@preact/preset-vite';
import { build } from 'vite';

const root = join(import.meta.dirname, '../..');

/** Builds the app's web home and the panel as pages that need no service behind them. */
export async function buildLooks(outDir: string): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [preact()],
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      rolldownOptions: { input: [join(root, 'extension/index.html'), join(root, 'e2e/looks/panel.html')] },
    },
  });
}
