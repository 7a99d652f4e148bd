import { appMessages, type AppMessageKey } from '#shared/messages/app.en.ts';
import { t } from '../../../../ui/i18n.ts';

const PREFIX = 'did.';

/** What was done in the reader's words; an action we have no words for is shown by its name. */
export function actionWord(action: string): string {
  const key = `${PREFIX}${action}`;
  return key in appMessages ? t(key as AppMessageKey) : action.replaceAll(/[._]/g, ' ');
}

/** Actions one can look for, by their words. */
export function knownActions(): { action: string; word: string }[] {
  return Object.keys(appMessages)
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => ({ action: key.slice(PREFIX.length), word: t(key as AppMessageKey) }))
    .toSorted((a, b) => a.word.localeCompare(b.word));
}
