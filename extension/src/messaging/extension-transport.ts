import type { Me } from '#shared/contracts/identity.ts';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { nameOf } from './contract-names.ts';
import { LAUNCH_PORT, type ApiCall } from './messages.ts';
import { request } from './request.ts';
import type { Transport } from './transport.ts';

/** A port message every 20 s keeps the background from its 30 s idle end while someone watches a launch. */
const KEEP_ALIVE_MS = 20_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

export const extensionTransport: Transport = {
  async call(contract, input) {
    const { signal, ...parts } = input as ApiCall['input'] & { signal?: AbortSignal };
    return (await request('api.call', { contract: nameOf(contract), input: parts }, signal)) as never;
  },
  picture: (path) => request('api.picture', { path }),
  async putPicture(path, picture) {
    const bytes = new Uint8Array(await picture.arrayBuffer());
    await request('api.putPicture', { path, bytes: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) });
  },
  watchLaunch(id, onUpdate, signal) {
    let pause = FIRST_WAIT_MS;
    const connect = (): void => {
      if (signal.aborted) return;
      const port = chrome.runtime.connect({ name: LAUNCH_PORT + id });
      const beat = setInterval(() => port.postMessage('alive'), KEEP_ALIVE_MS);
      const stop = (): void => {
        clearInterval(beat);
        port.disconnect();
      };
      signal.addEventListener('abort', stop, { once: true });
      port.onMessage.addListener((launch: LaunchSummary) => {
        pause = FIRST_WAIT_MS;
        if (!signal.aborted) onUpdate(launch);
      });
      port.onDisconnect.addListener(() => {
        clearInterval(beat);
        signal.removeEventListener('abort', stop);
        if (!signal.aborted) setTimeout(connect, pause);
        pause = Math.min(pause * 2, LONGEST_WAIT_MS);
      });
    };
    connect();
  },
  session: () => request('session.get', null),
  async moveSession(move, input) {
    return request('session.move', { move, input });
  },
  async signIn() {
    await request('session.signIn', { interactive: true });
  },
  async signOut() {
    await request('session.signOut', null);
  },
  onSessionChange(cb, signal) {
    const listener = (changes: Record<string, chrome.storage.StorageChange>, area: string): void => {
      if (area === 'session' && changes['me']) cb((changes['me'].newValue as Me | undefined) ?? null);
    };
    chrome.storage.onChanged.addListener(listener);
    signal.addEventListener('abort', () => chrome.storage.onChanged.removeListener(listener), { once: true });
  },
};
