import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { plainPng } from './plain-png.ts';

test('a plain picture is one that anybody can open, of its size and colour to the last pixel', () => {
  for (const [width, height] of [
    [600, 600],
    [541, 3],
  ] as const) {
    const png = PNG.sync.read(Buffer.from(plainPng({ width, height, colour: [7, 80, 200] })), { checkCRC: true });
    expect([png.width, png.height]).toEqual([width, height]);
    expect(png.data.equals(Buffer.alloc(width * height * 4, Buffer.from([7, 80, 200, 255])))).toBe(true);
  }
});
