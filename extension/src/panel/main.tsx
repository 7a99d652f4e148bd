import { extensionTransport } from '../messaging/extension-transport.ts';
import { currentPage, onPageChange } from '../messaging/page-context.ts';
import { showPanel } from './show-panel.tsx';

showPanel(document.getElementById('root') as HTMLElement, extensionTransport, {
  current: currentPage,
  onChange: onPageChange,
  openApp: (path) => void chrome.tabs.create({ url: chrome.runtime.getURL(`app.html#${path}`) }),
});
