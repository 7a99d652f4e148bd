import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { actionWord } from './action-words.ts';

const WORKER = path.resolve(import.meta.dirname, '../../../../../../worker');
/** Written to logs of staff, not of an organization, or by an operator's own command. */
const NOT_SHOWN = /^(dead_letters\.dismissed|keys\.rewrap)/;

test('whatever is written to the audit log has words for its reader', () => {
  const actions = new Set<string>();
  for (const name of readdirSync(WORKER, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.ts') && !name.endsWith('.test.ts'))
      for (const [, action] of readFileSync(path.join(WORKER, name), 'utf8').matchAll(/\.audit(?:\(|In\(\s*\w+,)\s*'([a-z_.]+)'/g))
        actions.add(action as string);
  expect(actions.size).toBeGreaterThan(40);
  expect([...actions].filter((action) => !NOT_SHOWN.test(action) && actionWord(action) === action.replaceAll(/[._]/g, ' '))).toEqual([]);
});

test('an action without words is shown by its name', () => {
  expect(actionWord('future.thing_done')).toBe('future thing done');
});
