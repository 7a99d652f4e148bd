import type { Me } from '#shared/contracts/identity.ts';
import { deleteDraft, findDraft, putDraft } from '../../storage/drafts.ts';
import { emptyDraft, type Draft } from './draft.ts';

/** One draft for each person in each organization: another person at the same browser, or another organization, has their own. */
export function draftKey({ user, organization }: Pick<Me, 'user' | 'organization'>): string {
  return `${user.id}/${organization?.id ?? 'none'}`;
}

/** The draft of that key, files included: a reload or a closed panel loses nothing. Settings it was kept without get their defaults. */
export async function loadDraft(key: string): Promise<Draft | null> {
  const kept = (await findDraft(key)) as Draft | undefined;
  return kept === undefined ? null : { ...kept, settings: { ...emptyDraft(null, '').settings, ...renamed(kept.settings) } };
}

/** A draft kept by an earlier version declares its category under another name; what was declared must not be lost. */
function renamed({ specialAdCategory = '', ...settings }: Draft['settings'] & { specialAdCategory?: string }): Draft['settings'] {
  return specialAdCategory === '' ? settings : { ...settings, specialAdCategories: specialAdCategory };
}

/** When the bytes do not fit the browser's quota the draft is kept without them, and the files are asked for again. */
export async function saveDraft(key: string, draft: Draft): Promise<void> {
  try {
    await putDraft(key, draft);
  } catch (cause) {
    if (!(cause instanceof DOMException) || cause.name !== 'QuotaExceededError') throw cause;
    await putDraft(key, { ...draft, media: draft.media.map((one) => ({ ...one, file: null })) });
  }
}

export async function clearDraft(key: string): Promise<void> {
  await deleteDraft(key);
}
