import { ApiError, ApiUnreachable } from '#shared/api-client/create-api-client.ts';
import type { Problem } from '#shared/contracts/parts.ts';
import { appMessages } from '#shared/messages/app.en.ts';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';
import { refusalOf, t, type AppMessageKey } from './i18n.ts';
import { Icon } from './icon.tsx';

/** What happened, what is safe, the next step, and a code to quote. `safe` is said by whoever knows what was at stake. */
export function ProblemMessage({
  error,
  safe,
  onRetry,
  nextStep,
}: {
  error: unknown;
  safe?: string;
  onRetry?: () => void;
  nextStep?: string;
}) {
  const said = describe(error);
  const then = [safe, nextStep ?? said.next].filter((part) => part !== undefined).join(' ');
  return (
    <div class="problem" role="alert">
      <Icon name="error" />
      <div class="stack-1">
        <p class="problem-what">{said.what}</p>
        {then !== '' && <p>{then}</p>}
        {said.fields.length > 0 && (
          <ul>
            {said.fields.map((field) => (
              <li key={field.path}>
                <code>{field.path}</code> {field.message}
              </li>
            ))}
          </ul>
        )}
        <div class="row-2">
          {onRetry && (
            <Button icon="refresh" onClick={onRetry}>
              {t('retry')}
            </Button>
          )}
          {said.code !== null && (
            <span class="problem-code">
              <code>{said.code}</code>
              <CopyButton text={said.code} label={t('problem.copyCode')} />
            </span>
          )}
        </div>
      </div>
    </div>
  );
}

interface Said {
  what: string;
  next: string | undefined;
  code: string | null;
  fields: { path: string; message: string }[];
}

/** An error of the API, a lost connection, or a fault of ours; decided by type and status, never by text. */
export function describe(error: unknown): Said {
  if (error instanceof ApiError) {
    const { status, code, requestId } = error.problem;
    const told = refusalOf({ reason: error.problem.reason, said: error.problem.detail }) !== null;
    const next =
      code === 'proof_needed'
        ? t('problem.proveAgain')
        : // What was said of this one case names the next step itself.
          told && [403, 409, 422].includes(status)
          ? undefined
          : status === 403
            ? t('problem.askOwner')
            : status === 404
              ? t('problem.goBack')
              : status === 429
                ? t('problem.waitMinute')
                : status >= 500
                  ? t('problem.tryAgainSoon')
                  : t('problem.correctAndRepeat');
    return { what: sentenceOf(error.problem), next, code: `${code} · ${requestId}`, fields: fieldsOf(error.problem) };
  }
  if (error instanceof ApiUnreachable)
    return { what: t('problem.unreachable'), next: t('problem.checkConnection'), code: null, fields: [] };
  return { what: t('problem.ours'), next: t('problem.reload'), code: error instanceof Error ? error.name : null, fields: [] };
}

/** The API speaks English and says more; in other languages its reasons, or else its closed set of codes, have our own sentences. */
function sentenceOf({ code, reason, detail }: Problem): string {
  const key = `error.${code}`;
  return refusalOf({ reason, said: detail }) ?? (key in appMessages ? t(key as AppMessageKey) : detail);
}

/** What was said of each field, as far as the person's language has words for it and the sentence above has not said it already. */
function fieldsOf({ reason, fields = [] }: Problem): { path: string; message: string }[] {
  return fields.flatMap((field) => {
    const message = field.reason !== undefined && field.reason === reason ? null : refusalOf({ reason: field.reason, said: field.message });
    return message === null ? [] : [{ path: field.path, message }];
  });
}
