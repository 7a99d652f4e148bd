import { render } from 'preact';
import '../ui/quiet-zod.ts';
import '../ui/styles/index.css';
import { applyBrand } from '../ui/theme.ts';
import { App } from './app.tsx';
import { startRouter } from './router.ts';
import { createWebTransport } from './session/web-transport.ts';
import { TransportProvider } from './transport-context.ts';

applyBrand();
startRouter('path');
const transport = createWebTransport(location.origin);
render(
  <TransportProvider value={transport}>
    <App web={transport} />
  </TransportProvider>,
  document.getElementById('root') as HTMLElement,
);
