import { render } from 'preact';
import '../ui/quiet-zod.ts';
import '../ui/styles/index.css';
import { startRouter } from '../app/router.ts';
import { TransportProvider } from '../app/transport-context.ts';
import type { Transport } from '../messaging/transport.ts';
import { applyBrand } from '../ui/theme.ts';
import type { PageSource } from './page-source.ts';
import { Panel } from './panel.tsx';

export function showPanel(root: HTMLElement, transport: Transport, page: PageSource): void {
  applyBrand();
  startRouter('hash');
  render(
    <TransportProvider value={transport}>
      <Panel page={page} />
    </TransportProvider>,
    root,
  );
}
