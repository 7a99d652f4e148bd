/** Rest.li 2.0: brackets, commas and colons are syntax and stay raw; inside a value they are encoded. */
export function value(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
}

export const list = (values: readonly string[]): string => `List(${values.map(value).join(',')})`;

/** A query string of parts that are written as Rest.li wants them; undefined = not sent. */
export function query(parts: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(parts)
    .flatMap(([name, part]) => (part === undefined ? [] : [`${name}=${part}`]))
    .join('&');
}
