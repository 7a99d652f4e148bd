import { expect, test } from 'vitest';
import { overlayMessages, type OverlayKey } from './overlay.ts';
import { placeholdersOf } from './translate.ts';

const keys = Object.keys(overlayMessages.en) as OverlayKey[];

for (const locale of ['fr', 'ar'] as const)
  test(`every overlay message says in ${locale} what it says in English, with the same values`, () => {
    expect(Object.keys(overlayMessages[locale]).toSorted()).toEqual(keys.toSorted());
    for (const key of keys) {
      const english = placeholdersOf(overlayMessages.en[key]);
      // Arabic words for one and two carry their number, so a plural there may leave out the count in some forms but not in all.
      expect(placeholdersOf(overlayMessages[locale][key]), key).toEqual(english);
      expect(typeof overlayMessages[locale][key], key).toBe(typeof overlayMessages.en[key]);
    }
  });
