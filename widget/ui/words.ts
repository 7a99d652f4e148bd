/** One thing to say, in every language we speak, side by side for those who translate. */
export type Said = readonly [en: string, fr: string, ar: string];
export type Language = 0 | 1 | 2;

/** "{day}: {spend}" with nodes in its places. Text around them keeps the language's own order. */
export function fill(text: string, values: Record<string, Node | string>): (Node | string)[] {
  return text.split(/\{(\w+)\}/).map((part, index) => {
    if (index % 2 === 0) return part;
    const value = values[part];
    if (value === undefined) throw new Error(`nothing to put in {${part}}`);
    return value;
  }).filter((part) => part !== '');
}
