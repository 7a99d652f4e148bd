import { directionOf, type Locale } from './locales.ts';

/** Plural forms as Intl.PluralRules names them; English has one and other, Arabic all six. The number is `{count}`, already formatted. */
export type Plural = Partial<Record<Exclude<Intl.LDMLPluralRule, 'other'>, string>> & { other: string };
export type Message = string | Plural;
export type Catalogue<Key extends string = string> = Readonly<Record<Key, Message>>;
export type Values = Record<string, string | number>;
export type Translate<Key extends string> = (key: Key, values?: Values) => string;

/**
 * Messages with their `{placeholders}` filled. A plural message picks its form by `values.count`, which must be a number; numbers are
 * written in the locale's own digits. A missing value throws: a sentence with a hole is worse than an error in a test.
 * @throws RangeError on a placeholder without a value
 */
export function createTranslate<Key extends string>(catalogue: Catalogue<Key>, locale: Locale): Translate<Key> {
  const rules = new Intl.PluralRules(locale);
  // A Latin name at the edge of a value would pull the punctuation around it to the wrong side.
  const isolate = (value: string) => (directionOf(locale) === 'rtl' ? `\u2068${value}\u2069` : value);
  const numbers = new Intl.NumberFormat(locale);
  return (key, values = {}) => {
    const message = catalogue[key];
    return fill(typeof message === 'string' ? message : pluralForm(message, key), values);

    function pluralForm(plural: Plural, of: string): string {
      const { count } = values;
      if (typeof count !== 'number') throw new RangeError(`"${of}" needs a count`);
      return plural[rules.select(count)] ?? plural.other;
    }
    function fill(text: string, given: Values): string {
      return text.replace(/\{([a-zA-Z]+)\}/g, (_, name: string) => {
        const value = given[name];
        if (value === undefined) throw new RangeError(`"${key}" needs {${name}}`);
        return typeof value === 'number' ? numbers.format(value) : isolate(value);
      });
    }
  };
}

/** Names of the placeholders in a message, sorted, each once. */
export function placeholdersOf(message: Message): string[] {
  const texts = typeof message === 'string' ? [message] : Object.values(message);
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/\{([a-zA-Z]+)\}/g)].map((match) => match[1] as string)))].toSorted();
}
