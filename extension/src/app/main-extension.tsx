import { render } from 'preact';
import '../ui/quiet-zod.ts';
import '../ui/styles/index.css';
import { extensionTransport } from '../messaging/extension-transport.ts';
import { applyBrand } from '../ui/theme.ts';
import { App } from './app.tsx';
import { startRouter } from './router.ts';
import { TransportProvider } from './transport-context.ts';

applyBrand();
startRouter('hash');
render(
  <TransportProvider value={extensionTransport}>
    <App web={null} />
  </TransportProvider>,
  document.getElementById('root') as HTMLElement,
);
