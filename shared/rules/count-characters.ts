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
