import type { Answer, Ask, OverlayQuestions } from '../messaging/messages.ts';
import type { Outcome } from '../messaging/outcome.ts';

export type Asker = <K extends keyof OverlayQuestions>(kind: K, ask: Ask<K>) => Promise<Outcome<Answer<K>>>;

const silent: Outcome<never> = { ok: false, failure: { kind: 'unreachable', message: 'The extension did not answer.' } };

/** False once the extension was updated, disabled or removed under a tab that stayed open. */
export const extensionLives = (): boolean => chrome.runtime?.id !== undefined;

/** Asks the background. Never throws: a background that died in mid-question is an answer of its own kind. */
export const ask: Asker = async (kind, question) => {
  if (!extensionLives()) return silent;
  try {
    return ((await chrome.runtime.sendMessage({ kind, ask: question })) as Outcome<Answer<typeof kind>> | undefined) ?? silent;
  } catch {
    return silent;
  }
};
