import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../../../ui/button.tsx';
import { t } from '../../../../ui/i18n.ts';
import { ProblemMessage } from '../../../../ui/problem-message.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { Logo } from '../../../shell/logo.tsx';
import { useTransport } from '../../../transport-context.ts';
import { useAction } from '../../../use-load.ts';

const TYPES = ['image/png', 'image/jpeg', 'image/webp'];
const MOST_BYTES = 512 * 1024;

interface Props {
  /** Where the picture is put. */
  at: string;
  /** Where the one in use is read; null = there is none. */
  current: string | null;
  name: string;
  colour?: string | null;
  readOnly: boolean;
  remove: () => Promise<void>;
  onChanged: () => Promise<void> | void;
}

/** The logo in use, and another one looked at before it is taken. */
export function LogoField({ at, current, name, colour = null, readOnly, remove, onChanged }: Props) {
  const transport = useTransport();
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<{ file: File; url: string } | null>(null);
  const fault = chosen === null ? null : faultOf(chosen.file);
  useEffect(() => () => void (chosen !== null && URL.revokeObjectURL(chosen.url)), [chosen]);
  const save = useAction(async () => {
    if (chosen === null) return;
    await transport.putPicture(at, chosen.file);
    setChosen(null);
    toast(t('general.logoSaved'));
    await onChanged();
  });
  const takeAway = useAction(async () => {
    await remove();
    await onChanged();
  });
  const failed = save.error ?? takeAway.error;
  return (
    <div class="stack-2" role="group" aria-label={t('general.logo')} data-testid="logo">
      <div class="row-3">
        {chosen === null ? (
          <span class="logo-large">
            <Logo path={current} name={name} colour={colour} />
          </span>
        ) : (
          fault === null && <img class="logo-shown" src={chosen.url} alt={t('general.logoPreview')} />
        )}
        {!readOnly && (
          <div class="stack-1">
            <div class="row-1">
              <Button icon="image" onClick={() => input.current?.click()}>
                {t('general.logoChoose')}
              </Button>
              {current !== null && chosen === null && (
                <Button look="quiet" busy={takeAway.busy} onClick={takeAway.run}>
                  {t('general.logoRemove')}
                </Button>
              )}
              {chosen !== null && fault === null && (
                <Button look="primary" busy={save.busy} onClick={save.run} data-testid="logo-save">
                  {t('general.logoSave')}
                </Button>
              )}
              {chosen !== null && (
                <Button look="quiet" onClick={() => setChosen(null)}>
                  {t('cancel')}
                </Button>
              )}
            </div>
            {fault === null ? (
              <p class="field-hint">{t('general.logoHint')}</p>
            ) : (
              <p class="field-error" role="alert">
                {fault}
              </p>
            )}
          </div>
        )}
      </div>
      {failed !== null && <ProblemMessage error={failed} safe={t('general.logoAsItWas')} />}
      <input
        ref={input}
        type="file"
        hidden
        accept={TYPES.join(',')}
        aria-label={t('general.logo')}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file !== undefined) setChosen({ file, url: URL.createObjectURL(file) });
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}

/** What can be said before anything is sent; the service looks into the bytes themselves. */
function faultOf(file: File): string | null {
  if (!TYPES.includes(file.type)) return t('general.logoType');
  return file.size > MOST_BYTES ? t('general.logoLarge') : null;
}
