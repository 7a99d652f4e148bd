import type { CallInput } from '#shared/api-client/create-api-client.ts';
import type { Contract, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { Me } from '#shared/contracts/identity.ts';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import type { MoveInput, SessionMove } from './session-moves.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- a contract of any shape; the parts are checked where it is called
export type AnyCallable = Contract<any, any, any, any>;

/**
 * How a page of ours reaches the API. The extension's pages go through the background (extensionTransport); the web home
 * fetches its own origin. Errors are ApiError and ApiUnreachable in both.
 */
export interface Transport {
  /** Aborting stops the waiting, not a call that is already under way. */
  call<C extends AnyCallable>(contract: C, input: CallInput<C>): Promise<ResponseOf<C>>;
  /** A logo behind the sign-in, as an address that an <img> of ours may show. */
  picture(path: string): Promise<string>;
  /** Puts a picture where logos are kept. The service judges its bytes. */
  putPicture(path: string, picture: Blob): Promise<void>;
  /** Calls onUpdate with the launch now and whenever it changes, reconnecting by itself, until the signal is aborted. */
  watchLaunch(id: string, onUpdate: (launch: LaunchSummary) => void, signal: AbortSignal): void;
  session(): Promise<Me | null>;
  /** Takes this session to another organization; every page that shows the session follows. */
  moveSession<M extends SessionMove>(move: M, input: MoveInput<M>): Promise<Me>;
  /** Opens the sign-in window; rejects when the person closes it. */
  signIn(): Promise<void>;
  signOut(): Promise<void>;
  onSessionChange(cb: (me: Me | null) => void, signal: AbortSignal): void;
}
