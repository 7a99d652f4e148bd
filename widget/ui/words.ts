/** One thing to say, in every language we speak, side by side for those who translate. */
export type Said = readonly [en: string, fr: string, ar: string];
export type Language = 0 | 1 | 2;

/**
 * "{day}: {spend}" with values in its places. Where the directions of text and value could differ, the value is kept apart by the
 * invisible marks made for it (first strong isolate), so a name cannot turn the words around it.
 */
export function fill(text: string, values: Record<string, string>, direction: 'ltr' | 'rtl'): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, place: string) => {
    const value = values[place];
    if (value === undefined) throw new Error(`nothing to put in {${place}}`);
    return direction === 'rtl' || /[\u0590-\u08ff]/.test(value) ? `\u2068${value}\u2069` : value;
  });
}
