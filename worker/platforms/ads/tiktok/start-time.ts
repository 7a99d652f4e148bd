import { showTime, toInstant } from './times.ts';

/**
 * An ad group has to say when it starts, and a start that lies ahead is a second lock beside its switch. A moment a person planned is
 * sent as it is. Where there is none, or it has passed by the time of the create, delivery may begin a few minutes after that: no tree
 * is built, read back and switched on sooner, so nobody waits for it.
 */
const LOCK_MS = 5 * 60_000;
/** Our clock and theirs. */
const SLACK_MS = 60_000;

const seconds = (instant: Date): number => Math.floor(instant.getTime() / 1_000);

export function startToSend(planned: string | null, now: Date): string {
  const wish = planned === null ? null : new Date(planned);
  return showTime(wish !== null && wish > now ? wish : new Date(now.getTime() + LOCK_MS));
}

/** Null = it starts as planned: at the moment itself, or right after the create where the moment was past or none was named. */
export function startDrift(
  planned: string | null,
  found: unknown,
  madeAt: Date | null,
): { field: string; planned: string; found: string } | null {
  const start = toInstant(found);
  const wish = planned === null ? null : new Date(planned);
  if (start !== null && wish !== null && seconds(start) === seconds(wish)) return null;
  const isAsSoonAsMade = wish === null || (madeAt !== null && wish.getTime() <= madeAt.getTime() + SLACK_MS);
  if (start !== null && madeAt !== null && isAsSoonAsMade && start.getTime() <= madeAt.getTime() + LOCK_MS + SLACK_MS) return null;
  return {
    field: 'schedule_start_time',
    planned: wish === null ? 'when switched on' : showTime(wish),
    found: typeof found === 'string' ? found : '—',
  };
}
