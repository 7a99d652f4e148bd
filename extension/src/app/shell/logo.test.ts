import { expect, test } from 'vitest';
import { inkOn } from './logo.tsx';

test("a letter can be read on any client's colour", () => {
  expect(['#ffffff', '#ffe066', '#0f7b6c', '#15181d', '#2c53cc'].map(inkOn)).toEqual([
    '#000000',
    '#000000',
    '#ffffff',
    '#ffffff',
    '#ffffff',
  ]);
});
