import { parseArgs, type ParseArgsConfig } from 'node:util';
import { BIDS, CALLS_TO_ACTION, GOALS } from '#shared/rules/ad-platforms/platform-rules.ts';
import { EXPAND_MODES, type NamingTemplates } from '#shared/rules/launch-plan.ts';
import { emptyDraft, type DraftSettings } from '../../extension/src/app/launch-builder/draft.ts';
import { EXIT, Stop } from '../exit.ts';

/** What the command was asked for. */
export interface Wish {
  sheet: string;
  media: string;
  account: string | null;
  name: string | null;
  /** What the builder's settings would be, as typed there. */
  settings: Partial<DraftSettings>;
  dryRun: boolean;
  wait: boolean;
  timeoutMs: number;
  /** Makes another launch of the same plan; null = a repeated run is the same launch. */
  again: string | null;
  api: string | null;
}

export const USAGE = `Usage: npx inlay launch --sheet <file.csv|file.xlsx> --media <folder> [options]

Checks a spreadsheet and a folder of media as the launch builder does, uploads the media, stores the plan as a draft, lets the
platform validate every row, and prints the address where a person approves it. Nothing is created before that.

  --dry-run             check only: say what is wrong and what the platform's validator says; do not ask for an approval
  --wait                after that, follow the launch until it rests
  --timeout <seconds>   how long to wait at most (3600)
  --json                the last line of stdout is one JSON object; everything else goes to stderr
  --account <id>        the ad account as the platform writes its id; needed when there are several
  --name <text>         name of the launch; else that of the sheet
  --again <word>        store this plan another time; without it a repeated run finds the launch of the first
  --utm <key=value>     a link parameter, as often as needed; replaces the usual ones
  --api <address>       the Inlay service; else INLAY_API_ORIGIN

Settings for what the sheet leaves open, as in the builder:
  --goal, --budget-level, --daily-budget, --countries, --page-id, --lead-form-id, --pixel-id, --link, --call-to-action,
  --start-time, --mode, --per-ad-set, --duplicates-reason, and what a platform asks for besides (--special-ad-categories, --keywords, …),
  --naming-campaign, --naming-ad-set, --naming-creative, --naming-ad

The API key is read from INLAY_API_KEY. Exit codes: 0 done, 1 unexpected, 2 wrong arguments, 3 the plan has errors, 4 the platform
refused rows, 5 the launch needs a person or was cancelled, 6 the service refused or did not answer, 7 time was up.`;

const DEFAULT_TIMEOUT_S = 3_600;
const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const TYPED = emptyDraft(null, '').settings;
/** Every setting of the builder that is one line of text, by the name of its option. */
const SETTINGS = new Map(
  Object.entries(TYPED)
    .filter(([, value]) => typeof value === 'string')
    .map(([field]) => [kebab(field), field as keyof DraftSettings]),
);
const NAMING = new Map(Object.keys(TYPED.naming).map((level) => [`naming-${kebab(level)}`, level as keyof NamingTemplates]));
/** Words that are chosen from a list: anything else would silently become a default. */
const CHOICES: Record<string, readonly string[]> = {
  goal: GOALS,
  bid: BIDS,
  'budget-level': ['ad_set', 'campaign'],
  'call-to-action': CALLS_TO_ACTION,
  mode: ['auto', ...EXPAND_MODES],
};

const text = { type: 'string' } as const;
const OPTIONS: NonNullable<ParseArgsConfig['options']> = {
  sheet: text,
  media: text,
  account: text,
  name: text,
  again: text,
  api: text,
  timeout: text,
  utm: { type: 'string', multiple: true },
  'dry-run': { type: 'boolean' },
  wait: { type: 'boolean' },
  json: { type: 'boolean' },
  ...Object.fromEntries([...SETTINGS.keys(), ...NAMING.keys()].map((name) => [name, text])),
};

/** @throws Stop with the reason when the command cannot be understood */
export function readArguments(argv: readonly string[]): Wish {
  const { positionals, values } = parse(argv);
  if (positionals.join(' ') !== 'launch') throw wrong(`There is no command "${positionals.join(' ')}".`);
  const read = (name: string): string | null => (values[name] as string | undefined) ?? null;
  const [sheet, media] = [read('sheet'), read('media')];
  if (sheet === null || media === null) throw wrong('Say which spreadsheet (--sheet) and which folder of media (--media).');
  const seconds = Number(read('timeout') ?? DEFAULT_TIMEOUT_S);
  if (!(seconds > 0)) throw wrong('--timeout is a number of seconds above zero.');
  if (values['dry-run'] === true && values['wait'] === true)
    throw wrong('--dry-run and --wait exclude each other: a check has nothing to wait for.');
  return {
    sheet,
    media,
    account: read('account'),
    name: read('name'),
    settings: settingsOf(read, (values['utm'] as string[] | undefined) ?? []),
    dryRun: values['dry-run'] === true,
    wait: values['wait'] === true,
    timeoutMs: seconds * 1000,
    again: read('again'),
    api: read('api'),
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

function settingsOf(read: (name: string) => string | null, utm: readonly string[]): Partial<DraftSettings> {
  const typed: Record<string, unknown> = {};
  for (const [option, field] of SETTINGS) {
    const value = read(option);
    if (value === null) continue;
    const choices = CHOICES[option];
    if (choices !== undefined && !choices.includes(value)) throw wrong(`--${option} is one of ${choices.join(', ')}.`);
    typed[field] = value;
  }
  const start = read('start-time');
  if (start !== null && !/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(start))
    throw wrong("--start-time is a day and time on the ad account's clocks, such as 2026-12-01T09:00.");
  const names = [...NAMING].flatMap(([option, level]) => (read(option) === null ? [] : [[level, read(option)] as const]));
  if (names.length > 0) typed['naming'] = { ...TYPED.naming, ...Object.fromEntries(names) };
  if (utm.length > 0)
    typed['utm'] = utm.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw wrong(`--utm is a pair such as utm_source=meta, not "${pair}".`);
      return { key: pair.slice(0, at), value: pair.slice(at + 1) };
    });
  return typed;
}

const wrong = (message: string): Stop => new Stop(EXIT.usage, `${message} See npx inlay --help.`);
