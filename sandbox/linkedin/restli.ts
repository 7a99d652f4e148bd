/** A value of Rest.li protocol 2.0.0: `List(a,b)`, `(key:value)` or text. */
export type RestliValue = string | RestliValue[] | RestliRecord;
export interface RestliRecord {
  [key: string]: RestliValue;
}

/** The text breaks the grammar: most often a URN that was not encoded, or brackets that were. */
export class RestliSyntaxError extends Error {}

const LIST = 'List(';
const SPECIAL = new Set([',', '(', ')', ':', "'"]);

function decode(text: string): string {
  if (text === "''") return '';
  try {
    return decodeURIComponent(text);
  } catch {
    throw new RestliSyntaxError(`"${text}" is not encoded`);
  }
}

class Reader {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  all(): RestliValue {
    const value = this.#value();
    if (this.#at !== this.#text.length) throw new RestliSyntaxError(`unexpected "${this.#text.slice(this.#at)}"`);
    return value;
  }

  #value(): RestliValue {
    if (this.#text.startsWith(LIST, this.#at)) {
      this.#at += LIST.length;
      return this.#items(() => this.#value());
    }
    if (this.#text[this.#at] !== '(') return this.#primitive();
    this.#at += 1;
    const pairs = this.#items(() => {
      const key = this.#primitive();
      this.#expect(':');
      return [key, this.#value()] as const;
    });
    return Object.fromEntries(pairs);
  }

  #items<T>(read: () => T): T[] {
    const items: T[] = [];
    if (this.#text[this.#at] === ')') {
      this.#at += 1;
      return items;
    }
    for (;;) {
      items.push(read());
      if (this.#text[this.#at] === ',') this.#at += 1;
      else {
        this.#expect(')');
        return items;
      }
    }
  }

  #primitive(): string {
    const start = this.#at;
    if (this.#text.startsWith("''", start)) {
      this.#at += 2;
      return '';
    }
    while (this.#at < this.#text.length && !SPECIAL.has(this.#text[this.#at] ?? '')) this.#at += 1;
    return decode(this.#text.slice(start, this.#at));
  }

  #expect(letter: string): void {
    if (this.#text[this.#at] !== letter) throw new RestliSyntaxError(`"${letter}" expected at ${this.#at} of "${this.#text}"`);
    this.#at += 1;
  }
}

/** Reads one value. Brackets, commas and colons are syntax and stay raw; inside text they must be encoded. */
export function parseRestli(text: string): RestliValue {
  return new Reader(text).all();
}

/** Parameters whose value is a projection, with its own commas and brackets. */
const RAW = new Set(['fields', 'projection']);

/** A raw query string (without the question mark) as named values. */
export function parseQuery(search: string): Map<string, RestliValue> {
  const query = new Map<string, RestliValue>();
  for (const pair of search.split('&')) {
    if (pair === '') continue;
    const cut = pair.indexOf('=');
    const name = decode(cut === -1 ? pair : pair.slice(0, cut));
    const text = cut === -1 ? '' : pair.slice(cut + 1);
    query.set(name, RAW.has(name) ? decode(text) : parseRestli(text));
  }
  return query;
}

/** Names of a projection: `id,form:(name,id)` → { id: null, form: { name: null, id: null } }. */
export interface Projection {
  [field: string]: Projection | null;
}

export function parseProjection(text: string): Projection {
  let at = 0;
  const read = (): Projection => {
    const tree: Projection = {};
    for (;;) {
      const name = /^[\w$*]+/.exec(text.slice(at))?.[0];
      if (name === undefined) throw new RestliSyntaxError(`a field name is expected at ${at} of "${text}"`);
      at += name.length;
      const hasChildren = text.startsWith(':(', at);
      if (hasChildren) at += 2;
      tree[name] = hasChildren ? read() : null;
      if (hasChildren) {
        if (text[at] !== ')') throw new RestliSyntaxError(`")" expected at ${at} of "${text}"`);
        at += 1;
      }
      if (text[at] !== ',') return tree;
      at += 1;
    }
  };
  const tree = read();
  if (at !== text.length) throw new RestliSyntaxError(`unexpected "${text.slice(at)}"`);
  return tree;
}

/** Only the wished fields of an answer; unknown names are left out without a word, as Rest.li does. */
export function project(value: unknown, tree: Projection | null): unknown {
  if (tree === null || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one: unknown) => project(one, tree));
  const source = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(tree).flatMap(([name, inner]) => (name in source ? [[name, project(source[name], inner)]] : [])),
  );
}
