import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowWindow } from './virtual-window.ts';

test('draws what is seen and a little more', () => {
  expect(rowWindow({ count: 5000, rowHeight: 32, scrollTop: 3200, viewHeight: 320, open: null, overscan: 5 })).toEqual({
    first: 95,
    last: 116,
    before: 95 * 32,
    after: (5000 - 116) * 32,
  });
});

test('every visible pixel is covered by a drawn row, and the height never changes while scrolling', () => {
  const rowHeight = 32;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.nat(5000),
      fc.nat(900),
      fc.nat(200_000),
      fc.integer({ min: 50, max: 1200 }),
      (count, openAt, extra, scroll, viewHeight) => {
        const open = openAt < count ? { index: openAt, extra } : null;
        const height = count * rowHeight + (open === null ? 0 : open.extra);
        const scrollTop = Math.min(scroll, Math.max(0, height - viewHeight));
        const shown = rowWindow({ count, rowHeight, scrollTop, viewHeight, open, overscan: 0 });
        const drawn =
          (shown.last - shown.first) * rowHeight + (open !== null && open.index >= shown.first && open.index < shown.last ? open.extra : 0);
        expect(shown.before + drawn + shown.after).toBe(height);
        expect(shown.before).toBeLessThanOrEqual(scrollTop);
        expect(height - shown.after).toBeGreaterThanOrEqual(Math.min(height, scrollTop + viewHeight));
      },
    ),
    { seed: 2106, numRuns: 2000 },
  );
});
