import { expect, test } from 'vitest';
import { findUnstorable, parseMended, storableText } from './storable.ts';

test('names every place that no column can hold, and nothing else', () => {
  const value = JSON.parse(
    String.raw`{"a":"x\u0000","b":[1,{"c":"\ud83d"}],"good":"\ud83d\ude00","n":1e400,"\udc00":1,"__proto__":{"d":"\u0000"}}`,
  ) as unknown;
  expect(
    findUnstorable(value)
      .map((one) => one.path)
      .toSorted(),
  ).toEqual(['', '__proto__.d', 'a', 'b.1.c', 'n']);
  expect(findUnstorable({ text: 'é 😀 \u202e \ufeff', list: [null, true, -0, 1.5] })).toEqual([]);
});

test('too deep is said without going all the way down, and lists of faults end', () => {
  const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown;
  expect(findUnstorable(deep)).toHaveLength(1);
  expect(findUnstorable(Array.from({ length: 1_000 }, () => '\0'))).toHaveLength(20);
});

test('vendor text is mended, whole text is left as it is', () => {
  expect(storableText('Summer \ud83d')).toBe('Summer \ufffd');
  expect(storableText('a\0b')).toBe('ab');
  expect(storableText('Été 😀')).toBe('Été 😀');
});

test('JSON of a vendor is mended where it must be, and nowhere else', () => {
  expect(parseMended(String.raw`{"name":"Summer \ud83d","list":["a\u0000b",1,null],"whole":"\ud83d\ude00","said":"\\u0000"}`)).toEqual({
    name: 'Summer \ufffd',
    list: ['ab', 1, null],
    whole: '😀',
    said: String.raw`\u0000`,
  });
  expect(() => parseMended('{')).toThrow(SyntaxError);
});
