import { ApiUnreachable, createApiClient, refuseProblem, type CallInput } from '#shared/api-client/create-api-client.ts';
import * as identity from '#shared/contracts/identity.ts';
import type { BodyInput, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { SignedIn, Tokens } from '#shared/contracts/identity.ts';
import * as members from '#shared/contracts/members.ts';
import { relayLaunch } from '../../background/relay-launch.ts';
import { SESSION_MOVES } from '../../messaging/session-moves.ts';
import type { AnyCallable, Transport } from '../../messaging/transport.ts';
import { forgetDrafts } from '../../storage/drafts.ts';
import { createWebSession } from './web-session.ts';

const CHANNEL = 'inlay.session';

/** Ways in whose answer signs this browser in, or asks for the second factor first. */
const WAYS_IN = {
  password: identity.signIn,
  magicLink: identity.useMagicLink,
  secondFactor: identity.secondFactor,
  signUp: identity.confirmSignUp,
  invitation: members.joinByInvitation,
} as const;
type WayIn = keyof typeof WAYS_IN;
/** What a code of the second factor is sent with. */
export type Challenge = Extract<SignedIn, { secondFactor: unknown }>['secondFactor'];

/** The transport of the web home: same origin, plus all that stands before a session, which only the web home does. */
export interface WebTransport extends Transport {
  /** @returns null when signed in, else the challenge of the second factor */
  signInBy<W extends WayIn>(way: W, body: BodyInput<(typeof WAYS_IN)[W]>): Promise<Challenge | null>;
  /** Calls for which nobody has to be signed in. */
  openCall<C extends AnyCallable>(contract: C, input: CallInput<C>): Promise<ResponseOf<C>>;
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
  const pictures = new Map<string, Promise<string>>();
  const readPicture = async (path: string): Promise<string> => {
    const response = await fetch(origin + path, { headers: await session.authorize(false) });
    if (!response.ok) throw new ApiUnreachable(`The picture is not there (${response.status}).`);
    return URL.createObjectURL(await response.blob());
  };
  const tellOthers = () => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches its own origin only
    others.postMessage('session-changed');
  };
  const call = <C extends AnyCallable>(contract: C, input: CallInput<C>): Promise<ResponseOf<C>> => client.call(contract, input);
  return {
    call,
    picture(path) {
      const known = pictures.get(path) ?? readPicture(path);
      pictures.set(path, known);
      known.catch(() => pictures.delete(path));
      return known;
    },
    async putPicture(path, picture) {
      await refuseProblem(await fetch(origin + path, { method: 'PUT', body: picture, headers: await session.authorize(false) }));
    },
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
      tellOthers();
    },
    onSessionChange(cb, signal) {
      session.onChange(cb, signal);
      // Another tab signed in or out, or works elsewhere now: what this one shows belongs to the session before.
      const elsewhere = () => location.reload();
      others.addEventListener('message', elsewhere, { signal });
    },
    async moveSession(move, input) {
      const tokens = (await client.call(SESSION_MOVES[move], input as never)) as Tokens;
      session.accept(tokens);
      tellOthers();
      return tokens.me;
    },
    async signInBy(way, body) {
      const answer = (await open.call(WAYS_IN[way], { body } as never)) as SignedIn;
      if ('secondFactor' in answer) return answer.secondFactor;
      session.accept(answer);
      tellOthers();
      return null;
    },
    openCall: (contract, input) => open.call(contract, input),
  };
}
