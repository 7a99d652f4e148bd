import fs from 'node:fs';
import path from 'node:path';

const BUILT = path.resolve(import.meta.dirname, '../dist/widget');
/** The API that dist/widget was built for when nothing else was said (widget/build.ts). */
const DEFAULT_API = 'https://api.inlay.test';

/**
 * Puts the built widget into a folder of static assets, as /widget/…, in place of an older one. `apiOrigin` replaces the built-in
 * API of a local build, whose port is known only when it starts.
 */
export function placeWidget(assetsDir: string, apiOrigin?: string): void {
  const out = path.join(assetsDir, 'widget');
  fs.rmSync(out, { recursive: true, force: true });
  fs.mkdirSync(out, { recursive: true });
  for (const file of fs.readdirSync(BUILT)) {
    const text = fs.readFileSync(path.join(BUILT, file), 'utf8');
    fs.writeFileSync(path.join(out, file), apiOrigin === undefined ? text : text.replaceAll(DEFAULT_API, apiOrigin));
  }
}
