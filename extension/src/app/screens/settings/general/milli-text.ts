/** "2.5" or "2,5" to thousandths; empty is null (no target); anything else undefined. Read digit by digit: 1.005 is 1005. */
export function milliFromText(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const match = /^(\d{1,3})(?:[.,](\d{1,3}))?$/.exec(text.trim());
  return match === null ? undefined : Number(match[1]) * 1000 + Number((match[2] ?? '').padEnd(3, '0'));
}

export function textFromMilli(milli: number | null): string {
  return milli === null ? '' : String(milli / 1000);
}
