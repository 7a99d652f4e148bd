import { createApiClient, type CallInput } from '#shared/api-client/create-api-client.ts';
import * as identity from '#shared/contracts/identity.ts';
import type { BodyInput, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { Me } from '#shared/contracts/identity.ts';
import { relayLaunch } from '../../background/relay-launch.ts';
import type { AnyCallable, Transport } from '../../messaging/transport.ts';
import { forgetDrafts } from '../../storage/drafts.ts';
import { createWebSession } from './web-session.ts';

const CHANNEL = 'inlay.session';

/** The transport of the web home: same origin, plus signing in by password, which only the web home does. */
export interface WebTransport extends Transport {
  signInWithPassword(body: BodyInput<typeof identity.signIn>): Promise<Me>;
  signUp(body: BodyInput<typeof identity.signUp>): Promise<void>;
}

export function createWebTransport(origin: string): WebTransport {
  const fetchHere = (url: string, init: RequestInit) => fetch(url, init);
  const open = createApiClient({ origin, fetch: fetchHere, credentials: 'same-origin' });
  const session = createWebSession({
    api: open,
    store: localStorage,
    now: Date.now,
    newRetryId: () => crypto.randomUUID(),
    exclusive: <T>(work: () => Promise<T>) => navigator.locks.request('inlay.refresh', work) as Promise<T>,
  });
  const client = createApiClient({ origin, fetch: fetchHere, credentials: 'same-origin', authorize: (renew) => session.authorize(renew) });
  const others = new BroadcastChannel(CHANNEL);
  const call = <C extends AnyCallable>(contract: C, input: CallInput<C>): Promise<ResponseOf<C>> => client.call(contract, input);
  return {
    call,
    watchLaunch(id, onUpdate, signal) {
      const openOnce = async (path: string, stop: AbortSignal, renew: boolean) =>
        fetch(origin + path, {
          headers: { accept: 'text/event-stream', ...(await session.authorize(renew)) },
          signal: stop,
          cache: 'no-store',
        });
      const openEvents = async (path: string, stop: AbortSignal) => {
        const first = await openOnce(path, stop, false);
        return first.status === 401 ? openOnce(path, stop, true) : first;
      };
      void relayLaunch({ openEvents }, id, onUpdate, signal, (ms) => new Promise((resolve) => setTimeout(resolve, ms)));
    },
    session: () => session.me(),
    signIn: () => Promise.reject(new Error('The web home signs in on its own page.')),
    async signOut() {
      await session.end();
      await forgetDrafts();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches its own origin only
      others.postMessage('signed-out');
    },
    onSessionChange(cb, signal) {
      session.onChange(cb, signal);
      const elsewhere = () => location.reload();
      others.addEventListener('message', elsewhere, { signal });
    },
    async signInWithPassword(body) {
      const answer = await open.call(identity.signIn, { body });
      if ('secondFactor' in answer) throw new Error('The second factor is asked for.');
      session.accept(answer);
      return answer.me;
    },
    async signUp(body) {
      await open.call(identity.signUp, { body });
    },
  };
}
