import { expect, test } from 'vitest';
import { chooseWindow } from './choose-window.ts';
import { createOverlayText } from './overlay-text.ts';
import { windowLabel } from './window-label.ts';

const text = createOverlayText('en');
const label = (...of: Parameters<typeof chooseWindow>): string => windowLabel(chooseWindow(...of), text);

test("follow mode takes the page's range, without a label of its own", () => {
  const range = { kind: 'read', since: '2026-11-01', until: '2026-11-19' } as const;
  expect(chooseWindow('follow', range)).toEqual({ window: { since: '2026-11-01', until: '2026-11-19' }, follows: true });
  expect(label('follow', range)).toBe('');
});

test('an unreadable range is no window at all, never 30 days', () => {
  expect(chooseWindow('follow', { kind: 'unreadable' }).window).toBeNull();
});

test("a window that is not the page's always carries its label", () => {
  expect(label('follow', { kind: 'absent' })).toBe('28d');
  expect(label(7, { kind: 'read', since: '2026-11-01', until: '2026-11-19' })).toBe('7d');
  expect(label('lifetime', { kind: 'unreadable' })).toBe('all');
});
