import { PlatformError } from '../../platform-error.ts';
import type { AdSession, ObjectKind } from '../ad-platform.ts';
import { pathOf, snapCall, snapItems } from './client.ts';
import { textOf, WORDS } from './kinds.ts';
import { REGAIN_SECONDS } from './limits.ts';
import { pause } from './pause.ts';
import { snapOne } from './read.ts';

/** Calls at once, and how long they have to themselves: together a little below what one token may send in a second. */
const LANES = 4;
const LANES_MS = 500;
/** One round ends after so many: what is left is asked for again, in a run that has time for it. */
const MOST_IN_ROUND = 40;

/**
 * Switches one object on or off. A patch names the one field it changes, so nothing that a person edits meanwhile is overwritten; the
 * platform's other way, an array of whole objects, would write back everything that was read before.
 */
export async function setSwitch(session: AdSession, kind: ObjectKind, externalId: string, status: 'active' | 'paused'): Promise<void> {
  if (kind === 'creative') throw refused('A creative has no switch of its own.');
  const value = status.toUpperCase();
  const { items } = await snapItems(
    session,
    { method: 'PATCH', path: pathOf(WORDS[kind].plural, externalId), json: [{ op: 'replace', path: '/status', value }] },
    WORDS[kind],
  );
  const [changed] = items;
  if (changed instanceof PlatformError) throw changed;
  // A change was made when the platform shows it; an answer without an error is not enough.
  if (textOf(changed?.['status'])?.toUpperCase() !== value) throw refused('The platform did not make the change.', changed);
}

/** Switches many, or takes them away: a call each, in rounds that stop at the first throttle. What was not sent is told as throttled. */
export async function setSwitches(
  session: AdSession,
  objects: readonly { kind: ObjectKind; externalId: string }[],
  status: 'active' | 'paused' | 'archived',
): Promise<Map<string, true | PlatformError>> {
  const told = new Map<string, true | PlatformError>();
  let stop: PlatformError | null = null;
  for (let from = 0; from < objects.length; from += LANES) {
    const part = objects.slice(from, from + LANES);
    if (from >= MOST_IN_ROUND) stop ??= notSent();
    if (stop !== null) {
      for (const { externalId } of part) told.set(externalId, stop);
      continue;
    }
    const work = part.map(async ({ kind, externalId }) =>
      told.set(
        externalId,
        await outcomeOf(status === 'archived' ? takeAway(session, kind, externalId) : setSwitch(session, kind, externalId, status)),
      ),
    );
    await Promise.all([...work, ...(from + LANES < objects.length ? [pause(session, LANES_MS)] : [])]);
    for (const { externalId } of part) {
      const answer = told.get(externalId);
      if (answer instanceof PlatformError && (answer.failure === 'throttled' || answer.failure === 'auth')) stop = answer;
    }
  }
  return told;
}

/**
 * Takes an object away for good. Campaigns, ad squads and ads are deleted, as there is no archive. A creative cannot be: it gives up its
 * name, so that nobody takes it for one of ours again. Doing it twice is harmless.
 */
export async function takeAway(session: AdSession, kind: ObjectKind, externalId: string): Promise<void> {
  try {
    if (kind === 'creative') await renameCreative(session, externalId);
    else await snapCall(session, { method: 'DELETE', path: pathOf(WORDS[kind].plural, externalId) });
  } catch (error) {
    if (!(error instanceof PlatformError) || error.failure !== 'missing') throw error;
  }
}

/** A change of a creative sends the whole of it. */
async function renameCreative(session: AdSession, externalId: string): Promise<void> {
  const creative = await snapOne(session, WORDS.creative, externalId);
  const { items } = await snapItems(
    session,
    {
      method: 'PUT',
      path: pathOf('adaccounts', session.accountExternalId, WORDS.creative.plural),
      json: { [WORDS.creative.plural]: [{ ...creative, name: 'Not used' }] },
    },
    WORDS.creative,
  );
  const [changed] = items;
  if (changed instanceof PlatformError) throw changed;
}

const outcomeOf = (work: Promise<void>): Promise<true | PlatformError> =>
  work.then(
    () => true as const,
    (error: unknown) => {
      if (error instanceof PlatformError) return error;
      throw error;
    },
  );

const refused = (message: string, raw?: unknown): PlatformError =>
  new PlatformError('refused', message, { platform: 'snapchat', code: 'not_done', raw });

const notSent = (): PlatformError =>
  new PlatformError('throttled', 'Not sent yet: the platform takes ten calls a second.', {
    platform: 'snapchat',
    code: 'not_sent',
    retryAfterSeconds: REGAIN_SECONDS,
  });
