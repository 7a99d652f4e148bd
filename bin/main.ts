import { ApiError, ApiUnreachable, createApiClient } from '#shared/api-client/create-api-client.ts';
import { EXIT, Stop } from './exit.ts';
import { runLaunch, type Report } from './launch/run-launch.ts';
import { readArguments, USAGE } from './launch/read-arguments.ts';

/** Arguments and environment to an exit code. People read what is said line by line; with --json the last line of stdout is for machines. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const asJson = argv.includes('--json');
  const say = (line: string) => void (asJson ? process.stderr : process.stdout).write(`${line}\n`);
  const report: Report = { problems: [], refused: [], launch: null, address: null, isRepeat: false };
  const [code, message] = await attempt(argv, env, say, report);
  if (message !== null) process.stderr.write(`${message}\n`);
  if (asJson) process.stdout.write(`${JSON.stringify({ ok: code === EXIT.done, exitCode: code, message, ...report })}\n`);
  return code;
}

async function attempt(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
  report: Report,
): Promise<[code: number, message: string | null]> {
  if (argv.length === 0 || argv.includes('--help')) {
    say(USAGE);
    return [argv.length === 0 ? EXIT.usage : EXIT.done, null];
  }
  try {
    const wish = readArguments(argv);
    const key = env['INLAY_API_KEY'] ?? '';
    if (key === '')
      throw new Stop(EXIT.usage, 'Set INLAY_API_KEY to an API key with the scopes launches:read, launches:write and insights:read.');
    const origin = wish.api ?? env['INLAY_API_ORIGIN'] ?? '';
    if (!URL.canParse(origin))
      throw new Stop(EXIT.usage, 'Set INLAY_API_ORIGIN to the address of the Inlay service, such as https://api.example.com.');
    const api = createApiClient({
      origin: new URL(origin).origin,
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        report.isRepeat ||= response.headers.get('idempotent-replayed') === 'true';
        return response;
      },
      authorize: async () => ({ authorization: `Bearer ${key}` }),
    });
    return [await runLaunch(wish, { api, say, report }), null];
  } catch (error) {
    if (error instanceof Stop) return [error.code, error.message];
    if (error instanceof ApiError) {
      const { code, detail, fields = [], requestId } = error.problem;
      return [
        EXIT.service,
        [`${detail} (${code}, request ${requestId})`, ...fields.map((one) => `  ${one.path}: ${one.message}`)].join('\n'),
      ];
    }
    if (error instanceof ApiUnreachable) return [EXIT.service, `${error.message} Nothing is made twice if you run it again.`];
    return [EXIT.unexpected, error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}
