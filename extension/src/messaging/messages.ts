import type { Me } from '#shared/contracts/identity.ts';
import type { LeadCard } from '#shared/contracts/revenue.ts';
import type { SessionMove } from './session-moves.ts';
import type { MetricsQuestion, MetricsReply, OverlayPrefs, OverlayState, PageContext } from './overlay-types.ts';

/** The parts of an API call that can cross a message: everything but the abort signal. */
export interface ApiCall {
  /** `domain.export` of shared/contracts, such as `launches.createLaunch`. */
  contract: string;
  input: { params?: unknown; query?: unknown; body?: unknown; idempotencyKey?: string; headers?: Record<string, string> };
}

/** Questions only our own pages (app, panel, popup, welcome) may ask. */
export interface PageQuestions {
  'api.call': { ask: ApiCall; answer: unknown };
  'session.get': { ask: null; answer: Me | null };
  'session.signIn': { ask: { interactive: boolean }; answer: Me | null };
  'session.signOut': { ask: null; answer: null };
  'session.move': { ask: { move: SessionMove; input: { params?: unknown; body?: unknown } }; answer: Me };
  /** A logo behind the sign-in, as a data: address. */
  'api.picture': { ask: { path: string }; answer: string };
  /** The picture's bytes in base64. */
  'api.putPicture': { ask: { path: string; bytes: string }; answer: null };
  'page.current': { ask: { windowId: number }; answer: PageContext | null };
  'prefs.get': { ask: null; answer: OverlayPrefs };
  'prefs.set': { ask: Partial<OverlayPrefs>; answer: OverlayPrefs };
  'consent.give': { ask: null; answer: null };
  'consent.get': { ask: null; answer: boolean };
}

/** Questions a content script may ask. None of them spends, and none of them carries page content: ids, level and window only. */
export interface OverlayQuestions {
  'overlay.state': { ask: { page: PageContext | null }; answer: OverlayState };
  'overlay.cached': { ask: MetricsQuestion; answer: MetricsReply };
  'overlay.metrics': { ask: MetricsQuestion; answer: MetricsReply };
  'overlay.leadCard': { ask: { portalId: string; contactId: string }; answer: LeadCard };
  'overlay.setPrefs': { ask: Partial<OverlayPrefs>; answer: OverlayPrefs };
  'overlay.openPanel': { ask: null; answer: null };
  'overlay.health': { ask: { feature: string; variant: string | null; code: string; count: number }; answer: null };
}

export type Questions = PageQuestions & OverlayQuestions;
export type Kind = keyof Questions;
export type Ask<K extends Kind> = Questions[K]['ask'];
export type Answer<K extends Kind> = Questions[K]['answer'];
export interface Message<K extends Kind = Kind> {
  kind: K;
  ask: Ask<K>;
}

/** Sent by the background to tabs that show the overlay: something of OverlayState changed, ask again. */
export interface StateChanged {
  kind: 'overlay.stateChanged';
}

/** Name of the port over which launch progress flows; the launch id follows the colon. */
export const LAUNCH_PORT = 'launch:';
