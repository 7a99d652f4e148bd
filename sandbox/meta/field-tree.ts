import { GraphError } from './graph-error.ts';

export interface FieldWish {
  /** Arguments such as limit or date_preset: `insights.date_preset(today){spend}`. */
  args: Record<string, string>;
  children: FieldTree | null;
}
export type FieldTree = Map<string, FieldWish>;

/** `id,creative{id,name},ads.limit(5){id}` → a tree. Source of the grammar: the platform's field expansion. */
export function parseFields(source: string): FieldTree {
  let at = 0;
  const fail = (): GraphError => new GraphError({ message: `Syntax error at character ${at}: ${source}`, code: 2500 });

  const readArgs = (): Record<string, string> => {
    const args: Record<string, string> = {};
    while (source[at] === '.') {
      const match = /^\.([a-z_]+)\(([^()]*)\)/.exec(source.slice(at));
      if (match?.[1] === undefined || match[2] === undefined) throw fail();
      args[match[1]] = match[2];
      at += match[0].length;
    }
    return args;
  };
  const readTree = (): FieldTree => {
    const tree: FieldTree = new Map();
    for (;;) {
      const name = /^\s*([a-zA-Z0-9_]+)/.exec(source.slice(at));
      if (name?.[1] === undefined) throw fail();
      at += name[0].length;
      const args = readArgs();
      let children: FieldTree | null = null;
      if (source[at] === '{') {
        at += 1;
        children = readTree();
        if (source[at] !== '}') throw fail();
        at += 1;
      }
      tree.set(name[1], { args, children });
      if (source[at] !== ',') return tree;
      at += 1;
    }
  };

  const tree = readTree();
  if (source.slice(at).trim() !== '') throw fail();
  return tree;
}

export function plainTree(names: readonly string[]): FieldTree {
  return new Map(names.map((name) => [name, { args: {}, children: null }]));
}

/** `fields` arrives as text or as a list; absent means the defaults. */
export function wishedFields(value: unknown, defaults: readonly string[]): FieldTree {
  if (value === undefined || value === null || value === '') return plainTree(defaults);
  const source = Array.isArray(value) ? value.join(',') : String(value);
  const tree = parseFields(source);
  if (!tree.has('id')) tree.set('id', { args: {}, children: null });
  return tree;
}
