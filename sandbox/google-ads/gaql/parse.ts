import { lex, type Token } from './lex.ts';
import { queryError } from './query-error.ts';

export const OPERATORS = [
  '=',
  '!=',
  '>',
  '>=',
  '<',
  '<=',
  'IN',
  'NOT IN',
  'LIKE',
  'NOT LIKE',
  'CONTAINS ANY',
  'CONTAINS ALL',
  'CONTAINS NONE',
  'IS NULL',
  'IS NOT NULL',
  'DURING',
  'BETWEEN',
  'REGEXP_MATCH',
  'NOT REGEXP_MATCH',
] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Condition {
  field: string;
  operator: Operator;
  values: string[];
}
export interface Query {
  select: string[];
  from: string;
  where: Condition[];
  orderBy: { field: string; descending: boolean }[];
  limit: number | null;
  parameters: Record<string, string>;
}

const PARAMETERS = ['include_drafts', 'omit_unselected_resource_names'];

class Reader {
  #tokens: Token[];
  #at = 0;

  constructor(query: string) {
    this.#tokens = lex(query);
  }

  get peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  next(): Token {
    const token = this.peek;
    if (token === undefined) throw queryError('UNEXPECTED_END_OF_QUERY', 'unexpected end of query.');
    this.#at += 1;
    return token;
  }

  /** Takes a keyword when it stands here. */
  keyword(word: string): boolean {
    const token = this.peek;
    if (token?.kind !== 'word' || token.value.toUpperCase() !== word) return false;
    this.#at += 1;
    return true;
  }

  sign(sign: string): boolean {
    if (this.peek?.kind !== 'sign' || this.peek.value !== sign) return false;
    this.#at += 1;
    return true;
  }

  fieldName(): string {
    const token = this.next();
    if (token.kind !== 'word') throw queryError('BAD_FIELD_NAME', `invalid field name '${token.value}'.`, token.value);
    return token.value.toLowerCase();
  }

  list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.sign(',')) items.push(item());
    return items;
  }

  value(): string {
    const token = this.next();
    if (token.kind === 'sign') throw queryError('BAD_VALUE', `invalid value '${token.value}'.`, token.value);
    return token.value;
  }
}

function readOperator(reader: Reader): Operator {
  const token = reader.next();
  const word = token.value.toUpperCase();
  const second = (): string => reader.next().value.toUpperCase();
  if (word === 'NOT') return known(`NOT ${second()}`);
  if (word === 'CONTAINS') return known(`CONTAINS ${second()}`);
  if (word !== 'IS') return known(word);
  const after = second();
  return after === 'NOT' ? known(`IS NOT ${second()}`) : known(`IS ${after}`);
}

function known(operator: string): Operator {
  const found = OPERATORS.find((one) => one === operator);
  if (found === undefined) throw queryError('BAD_OPERATOR', `invalid operator '${operator}'.`, operator);
  return found;
}

function readValues(reader: Reader, operator: Operator): string[] {
  switch (operator) {
    case 'IS NULL':
    case 'IS NOT NULL':
      return [];
    case 'BETWEEN': {
      const first = reader.value();
      if (!reader.keyword('AND')) throw queryError('INVALID_VALUE_WITH_BETWEEN_OPERATOR', 'BETWEEN needs two values with AND.');
      return [first, reader.value()];
    }
    case 'IN':
    case 'NOT IN':
    case 'CONTAINS ANY':
    case 'CONTAINS ALL':
    case 'CONTAINS NONE': {
      if (!reader.sign('(')) throw queryError('EXPECTED_LIST', `${operator} needs a list in parentheses.`);
      if (reader.sign(')')) throw queryError('PROHIBITED_EMPTY_LIST_IN_CONDITION', 'the list of a condition must not be empty.');
      const values = reader.list(() => reader.value());
      if (!reader.sign(')')) throw queryError('EXPECTED_LIST', 'the list is missing its closing parenthesis.');
      return values;
    }
    default:
      if (reader.peek?.kind === 'sign' && reader.peek.value === '(')
        throw queryError('EXPECTED_SINGLE_VALUE', `${operator} takes one value.`);
      return [reader.value()];
  }
}

function readConditions(reader: Reader): Condition[] {
  const conditions: Condition[] = [];
  do {
    const field = reader.fieldName();
    const operator = readOperator(reader);
    conditions.push({ field, operator, values: readValues(reader, operator) });
    if (reader.peek?.value.toUpperCase() === 'OR') throw queryError('EXPECTED_AND', 'conditions are joined by AND only.', 'OR');
  } while (reader.keyword('AND'));
  return conditions;
}

/** SELECT … FROM … WHERE … ORDER BY … LIMIT … PARAMETERS …, as the platform writes it; there is no OR. */
export function parseQuery(text: string): Query {
  const reader = new Reader(text);
  if (!reader.keyword('SELECT')) throw queryError('EXPECTED_SELECT', 'the query must begin with SELECT.');
  const select = reader.list(() => reader.fieldName());
  if (!reader.keyword('FROM'))
    throw queryError(
      reader.peek === undefined ? 'EXPECTED_FROM' : 'UNEXPECTED_INPUT',
      `unexpected input ${reader.peek?.value ?? 'at the end'}.`,
    );
  const from = reader.fieldName();
  const where = reader.keyword('WHERE') ? readConditions(reader) : [];
  const orderBy = reader.keyword('ORDER') ? readOrder(reader) : [];
  const limit = reader.keyword('LIMIT') ? readLimit(reader) : null;
  const parameters = reader.keyword('PARAMETERS') ? readParameters(reader) : {};
  if (reader.peek !== undefined) throw queryError('UNEXPECTED_INPUT', `unexpected input ${reader.peek.value}.`, reader.peek.value);
  return { select, from, where, orderBy, limit, parameters };
}

function readOrder(reader: Reader): Query['orderBy'] {
  if (!reader.keyword('BY')) throw queryError('EXPECTED_BY', 'ORDER must be followed by BY.');
  return reader.list(() => {
    const field = reader.fieldName();
    const descending = reader.keyword('DESC');
    if (!descending) reader.keyword('ASC');
    return { field, descending };
  });
}

function readLimit(reader: Reader): number {
  const token = reader.next();
  if (token.kind !== 'number' || !/^\d+$/.test(token.value))
    throw queryError('BAD_LIMIT_VALUE', 'LIMIT needs a whole number.', token.value);
  if (Number(token.value) < 1) throw queryError('LIMIT_VALUE_TOO_LOW', 'LIMIT must be at least 1.', token.value);
  return Number(token.value);
}

function readParameters(reader: Reader): Record<string, string> {
  const pairs = reader.list(() => {
    const name = reader.fieldName();
    if (!PARAMETERS.includes(name)) throw queryError('BAD_PARAMETER_NAME', `invalid parameter '${name}'.`, name);
    if (!reader.sign('=')) throw queryError('UNEXPECTED_INPUT', 'a parameter needs a value.');
    const value = reader.value().toLowerCase();
    if (value !== 'true' && value !== 'false') throw queryError('BAD_PARAMETER_VALUE', `invalid value '${value}'.`, value);
    return [name, value] as const;
  });
  return Object.fromEntries(pairs);
}
