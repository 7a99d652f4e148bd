import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Real binaries before wrappers: Debian's wrapper adds flags of its own. Google-branded Chrome no longer loads unpacked extensions by flag. */
function known(): string[] {
  const fixed = [
    process.env['CHROMIUM_PATH'],
    '/usr/lib/chromium/chromium',
    '/usr/lib/chromium-browser/chromium-browser',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ];
  const cache =
    process.env['PLAYWRIGHT_BROWSERS_PATH'] ??
    path.join(os.homedir(), process.platform === 'darwin' ? 'Library/Caches/ms-playwright' : '.cache/ms-playwright');
  const downloaded = fs.existsSync(cache)
    ? fs
        .readdirSync(cache)
        .filter((name) => /^chromium-\d+$/.test(name))
        .sort()
        .reverse()
        .flatMap((name) =>
          ['chrome-linux/chrome', 'chrome-linux64/chrome', 'chrome-mac/Chromium.app/Contents/MacOS/Chromium'].map((file) =>
            path.join(cache, name, file),
          ),
        )
    : [];
  return [...fixed, ...downloaded].filter((file): file is string => Boolean(file));
}

const works = (file: string): boolean => fs.existsSync(file) && spawnSync(file, ['--version'], { timeout: 20_000 }).status === 0;

/** The Chromium on this machine, or null. */
export function findChromium(): string | null {
  return known().find(works) ?? null;
}

const HOW =
  'Do one of these, then run the command again:\n  sudo apt-get install chromium\n  npx playwright-core install chromium\n  CHROMIUM_PATH=/path/to/chromium, in front of the command';

/** The Chromium on this machine. @throws Error that says how to get one: a person is asked before anything is installed */
export function presentChromium(): string {
  const found = findChromium();
  if (!found) throw new Error(`There is no Chromium on this machine (Google Chrome does not load an extension by flag). ${HOW}`);
  return found;
}

/** For tests: finds a Chromium, else installs one the way this machine allows, else says exactly what to do. */
export function needChromium(say: (line: string) => void = console.log): string {
  const found = findChromium();
  if (found) return found;
  const attempts: { what: string; commands: string[][] }[] = [];
  const debian = spawnSync('apt-get', ['--version']).status === 0;
  const prefix = process.getuid?.() === 0 ? [] : spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : null;
  if (debian && prefix) {
    attempts.push({
      what: "Debian's chromium package",
      commands: [
        [...prefix, 'apt-get', 'update', '-qq'],
        [...prefix, 'apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation', 'fonts-noto-core'],
      ],
    });
  }
  attempts.push({
    what: "Playwright's Chromium",
    commands: [[process.execPath, 'node_modules/playwright-core/cli.js', 'install', 'chromium']],
  });
  for (const { what, commands } of attempts) {
    say(`No Chromium found; installing ${what} …`);
    const ok = commands.every(
      ([command = '', ...args]) =>
        spawnSync(command, args, {
          stdio: ['ignore', 'ignore', 'inherit'],
          timeout: 600_000,
          env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        }).status === 0,
    );
    const installed = ok ? findChromium() : null;
    if (installed) return installed;
  }
  throw new Error(`No Chromium on this machine and none could be installed. ${HOW}`);
}
