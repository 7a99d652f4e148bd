import { useLoad } from '../use-load.ts';
import { useTransport } from '../transport-context.ts';

/** The mark of an organization or of a client: its logo, else the first letter of its name on its colour. */
export function Logo({ path, name, colour }: { path: string | null; name: string; colour?: string | null }) {
  const transport = useTransport();
  const { now } = useLoad(`logo ${path}`, async () => (path === null ? null : transport.picture(path)));
  if (now.data !== null) return <img class="logo" src={now.data} alt="" />;
  return (
    <span class="logo logo-letter" aria-hidden="true" style={colour ? { background: colour, color: inkOn(colour) } : undefined}>
      {[...name.trim()][0]?.toUpperCase()}
    </span>
  );
}

/** Black or white, whichever reads better on the colour (WCAG relative luminance). */
export function inkOn(colour: string): '#000000' | '#ffffff' {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000000' : '#ffffff';
}
