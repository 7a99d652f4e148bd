import type { TemplateContent } from '#shared/contracts/launch-templates.ts';
import { columnOf } from '#shared/rules/sheet/columns.ts';
import { emptyDraft, type Draft, type DraftSettings } from './draft.ts';

/** Settings a template may ask for instead of holding them: what differs from launch to launch and has no default that fits. */
export const REQUIRABLE = ['dailyBudget', 'countries', 'link', 'leadFormId', 'pixelId'] as const;
export type Requirable = (typeof REQUIRABLE)[number];

/** Dates, and what was said about one launch only, belong to no template; a page belongs to an account. */
const OF_ONE_LAUNCH: readonly (keyof DraftSettings)[] = ['startTime', 'duplicatesReason', 'pageId'];
const MEDIA_COLUMNS: readonly (string | null)[] = ['item_path', 'media', 'thumbnail'];

/** What a draft leaves for the next launch: its settings without dates, its sheet without media, and what has to be filled in anew. */
export function templateOf(draft: Draft, required: readonly Requirable[]): TemplateContent {
  const left = [...OF_ONE_LAUNCH, ...required];
  const settings = Object.fromEntries(Object.entries(draft.settings).filter(([name]) => !left.includes(name as keyof DraftSettings)));
  return { settings, rows: rowsWithoutMedia(draft.sheet?.rows ?? []), required: [...required] };
}

function rowsWithoutMedia(rows: readonly (readonly string[])[]): string[][] {
  const kept = (rows[0] ?? []).map((header) => !MEDIA_COLUMNS.includes(columnOf(header)));
  return rows.map((row) => row.filter((_, i) => kept[i] !== false));
}

/**
 * A draft that begins with a template. Files that are there stay, everything else is the template's; settings it does not know, or in a shape
 * of another time, are the builder's own.
 */
export function draftOfTemplate(
  draft: Draft,
  template: { id: string; version: number; name: string; content: TemplateContent },
  createKey: string,
): Draft {
  const { id, version, name, content } = template;
  const { settings } = emptyDraft(draft.accountId, createKey);
  const known = Object.entries(content.settings).filter(
    ([field, value]) => field in settings && sameShape(settings[field as keyof DraftSettings], value),
  );
  const required = REQUIRABLE.filter((field) => content.required.includes(field));
  const blank = Object.fromEntries(required.map((field) => [field, '']));
  return {
    ...draft,
    settings: { ...settings, pageId: draft.settings.pageId, ...Object.fromEntries(known), ...blank },
    sheet: content.rows.length > 0 ? { fileName: name, rows: content.rows } : draft.sheet,
    exclusions: [],
    template: { id, version, name, required },
    step: 'files',
    launchId: null,
    createKey,
  };
}

/** Link parameters are a list, or null for those of the platform. */
const sameShape = (a: unknown, b: unknown): boolean => shapeOf(a) === shapeOf(b);
const shapeOf = (value: unknown): string => (value === null || Array.isArray(value) ? 'list' : typeof value);

/** What the template asks for and nobody has filled in yet. */
export function missingOf({ template, settings }: Pick<Draft, 'template' | 'settings'>): Requirable[] {
  return (template?.required ?? []).filter((field) => settings[field].trim() === '');
}
