import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'vite';
import { inlayBrand, type Palette } from '../shared/branding/tokens.ts';

const HERE = path.dirname(fileURLToPath(import.meta.url));
/** The page a host's style sheet copies from; also the Shopify block's own sheet. */
export const HOST_STYLE = path.join(HERE, 'host-style.css');

export interface BuildOptions {
  outDir: string;
  /** Where the elements find the API when the page does not say. */
  apiOrigin: string;
  /** Open shadow roots, so that accessibility checks and tests can look inside. */
  openRoots: boolean;
}

export interface BuiltWidget {
  /** File name of the loader and of each element's own code, beside each other. */
  loader: string;
  /** The storefront's own small script of the app embed. */
  clickCarrier: string;
  chunks: { 'lead-roas': string; 'affiliate-stats': string };
  /** Loader and chunk together, gzip -9: what a page with that element downloads. */
  gzipBytes: { loader: number; 'lead-roas': number; 'affiliate-stats': number };
}

/** Builds `inlay.js` and one chunk per element, its name carrying a hash of its content. Old files of outDir are removed. */
export async function buildWidget({ outDir, apiOrigin, openRoots }: BuildOptions): Promise<BuiltWidget> {
  const constants = { __API_ORIGIN__: JSON.stringify(apiOrigin), __OPEN_ROOT__: String(openRoots) };
  const leadRoas = await bundle('lead-roas/lead-roas.ts', 'es', constants);
  const affiliateStats = await bundle('affiliate-stats/affiliate-stats.ts', 'es', constants);
  const chunks = { 'lead-roas': hashed('inlay-lead-roas', leadRoas), 'affiliate-stats': hashed('inlay-affiliate-stats', affiliateStats) };
  const clickCarrier = await bundle('click-carrier/click-carrier.ts', 'iife', {});
  const loader = await bundle('loader/loader.ts', 'iife', {
    ...constants,
    __LEAD_ROAS_CHUNK__: JSON.stringify(chunks['lead-roas']),
    __AFFILIATE_STATS_CHUNK__: JSON.stringify(chunks['affiliate-stats']),
  });

  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  const files: [string, string][] = [
    ['inlay.js', loader],
    [chunks['lead-roas'], leadRoas],
    [chunks['affiliate-stats'], affiliateStats],
    ['inlay-click.js', clickCarrier],
  ];
  await Promise.all(files.map(([name, code]) => writeFile(path.join(outDir, name), code)));
  return {
    loader: 'inlay.js',
    clickCarrier: 'inlay-click.js',
    chunks,
    gzipBytes: { loader: gzip(loader), 'lead-roas': gzip(loader) + gzip(leadRoas), 'affiliate-stats': gzip(loader) + gzip(affiliateStats) },
  };
}

export async function bundle(
  entry: string,
  format: 'es' | 'iife',
  define: Record<string, string>,
  minify = true,
  external: (string | RegExp)[] = [],
): Promise<string> {
  const result = await build({
    configFile: false,
    root: HERE,
    logLevel: 'error',
    define,
    plugins: [brandColours()],
    // Without this a build inside a test run carries debug data of every tag, file names of this machine among them.
    oxc: { jsx: { runtime: 'classic', development: false } },
    build: {
      write: false,
      target: 'es2022',
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      // Library mode: an application build would add Vite's preload code to the loader.
      lib: { entry: path.join(HERE, entry), formats: [format], name: 'unused', fileName: () => 'out.js' },
      rolldownOptions: { external, output: { minify } },
    },
  });
  const [built] = Array.isArray(result) ? result : [result];
  if (built === undefined || !('output' in built)) throw new Error(`nothing was built from ${entry}`);
  const [code, ...others] = built.output;
  if (others.length > 0) throw new Error(`${entry} must become one file, not ${built.output.length}`);
  return code.code;
}

/** `token(text)` in a style sheet becomes the brand's colour for both schemes. */
function brandColours(): Plugin {
  const colour = (css: string) =>
    css.replaceAll(/token\((\w+)\)/g, (_, token: keyof Palette) => {
      const { [token]: light } = inlayBrand.light;
      const { [token]: dark } = inlayBrand.dark;
      if (light === undefined || dark === undefined) throw new Error(`the brand has no colour "${token}"`);
      return `light-dark(${light}, ${dark})`;
    });
  return {
    name: 'brand-colours',
    enforce: 'pre',
    transform: (code, id) => (id.includes('.css') ? { code: colour(code), map: null } : null),
  };
}

function hashed(name: string, code: string): string {
  return `${name}.${createHash('sha256').update(code).digest('hex').slice(0, 8)}.js`;
}

function gzip(code: string): number {
  return gzipSync(code, { level: 9 }).length;
}
