const PLAIN = /^[\x20-\x7e]*$/;
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** User-visible characters: an emoji with its modifiers, a letter with its marks, each counts one. Line breaks count one. */
export function countCharacters(text: string): number {
  // Printable ASCII is by far the commonest and one code unit is one character there.
  if (PLAIN.test(text)) return text.length;
  let count = 0;
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
}

/** The first `limit` user-visible characters; used for previews of a cut, never to change what a user wrote. */
export function firstCharacters(text: string, limit: number): string {
  if (PLAIN.test(text)) return text.slice(0, limit);
  let kept = '';
  let count = 0;
  for (const { segment } of segmenter.segment(text)) {
    if (count === limit) break;
    kept += segment;
    count += 1;
  }
  return kept;
}

/** Scripts whose characters take two places: East Asian ideographs, syllables and full-width forms. */
const WIDE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;

/** User-visible characters, those of wide scripts counted as two. */
export function countWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}

/** The first characters that take up to `limit` places, those of wide scripts two each. */
export function firstWide(text: string, limit: number): string {
  if (PLAIN.test(text)) return text.slice(0, limit);
  let kept = '';
  let width = 0;
  for (const { segment } of segmenter.segment(text)) {
    width += WIDE.test(segment) ? 2 : 1;
    if (width > limit) break;
    kept += segment;
  }
  return kept;
}
