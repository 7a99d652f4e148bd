import { canonicalJson } from './canonical-json.ts';
import { ITEM_KINDS, type ItemKind } from './planned-item.ts';

/** An item of a stored launch, as far as two launches are compared by it. */
export interface ComparedItem {
  itemPath: string;
  kind: ItemKind;
  name: string;
  spec: Readonly<Record<string, unknown>>;
}

/** One field with both values as text; null = not set on that side. */
export interface FieldDifference {
  field: string;
  a: string | null;
  b: string | null;
}

export interface ItemDifference {
  itemPath: string;
  kind: ItemKind;
  name: string;
  in: 'a' | 'b' | 'both';
  /** Of items in both; empty for others. */
  fields: FieldDifference[];
}

/** What is only in one of two launches, and what is in both and differs, by item path, parents first. Equal items are left out. */
export function diffItems(a: readonly ComparedItem[], b: readonly ComparedItem[]): ItemDifference[] {
  const ofB = new Map(b.map((item) => [keyOf(item), item]));
  const ofA = new Set(a.map(keyOf));
  const [readA, readB] = [flatten(a), flatten(b)];
  const found = a.flatMap((item): ItemDifference[] => {
    const other = ofB.get(keyOf(item));
    if (other === undefined) return [{ ...head(item), in: 'a', fields: [] }];
    const fields = diffFields(readA(item), readB(other));
    return fields.length === 0 ? [] : [{ ...head(item), in: 'both', fields }];
  });
  const added = b.filter((item) => !ofA.has(keyOf(item))).map((item): ItemDifference => ({ ...head(item), in: 'b', fields: [] }));
  return [...found, ...added].toSorted(
    (x, y) => ITEM_KINDS.indexOf(x.kind) - ITEM_KINDS.indexOf(y.kind) || (x.itemPath < y.itemPath ? -1 : x.itemPath > y.itemPath ? 1 : 0),
  );
}

const keyOf = ({ kind, itemPath }: ComparedItem): string => `${kind} ${itemPath}`;
const head = ({ itemPath, kind, name }: ComparedItem) => ({ itemPath, kind, name });

function diffFields(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): FieldDifference[] {
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((field) => a.get(field) !== b.get(field))
    .map((field) => ({ field, a: a.get(field) ?? null, b: b.get(field) ?? null }));
}

/** Name and spec as fields of text, objects inside taken apart ("creative.headline"). Files are called by their names, not by their hashes alone. */
function flatten(items: readonly ComparedItem[]): (item: ComparedItem) => Map<string, string> {
  const files = new Map(items.filter((item) => item.kind === 'media').map((item) => [item.itemPath, `${item.name} (${item.itemPath})`]));
  const lay = (fields: Map<string, string>, field: string, value: unknown): void => {
    if (value === null || value === undefined || value === '') return;
    if (typeof value === 'string') fields.set(field, files.get(value) ?? value);
    else if (typeof value === 'object' && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) lay(fields, `${field}.${key}`, inner);
    } else fields.set(field, canonicalJson(value));
  };
  return (item) => {
    const fields = new Map([['name', item.name]]);
    for (const [key, value] of Object.entries(item.spec)) lay(fields, key, value);
    return fields;
  };
}
