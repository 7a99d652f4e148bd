import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { CheckField } from '../../../ui/field.tsx';
import { t } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icon.tsx';
import { downloadText } from '../../launch-progress/download-text.ts';

/** Ten codes, seen here and never again: copied, saved or printed before the person goes on. */
export function RecoveryCodes({ codes, email, onKept }: { codes: readonly string[]; email: string; onKept: () => void }) {
  const [kept, setKept] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const text = codes.join('\n');
  return (
    <div class="stack-3" data-testid="recovery-codes">
      <div class="stack-2 printable">
        <h3 ref={title} tabIndex={-1}>
          {t('recovery.title')}
        </h3>
        <p class="small soft">
          {t('recovery.for', { email })} {t('recovery.each')}
        </p>
        <ol class="recovery-codes" dir="ltr">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
      </div>
      <div class="notice notice-fair">
        <Icon name="warning" />
        <p>{t('recovery.once')}</p>
      </div>
      <div class="row-2">
        <CopyButton text={text} />
        <Button
          look="quiet"
          icon="download"
          onClick={() => downloadText('inlay-recovery-codes.txt', 'text/plain', `${email}\n\n${text}\n`)}
        >
          {t('recovery.download')}
        </Button>
        <Button look="quiet" icon="file" onClick={() => print()}>
          {t('recovery.print')}
        </Button>
      </div>
      <CheckField label={t('recovery.kept')} checked={kept} onCheck={setKept} data-testid="recovery-kept" />
      <div>
        <Button look="primary" disabled={!kept} onClick={onKept} data-testid="recovery-done">
          {t('recovery.done')}
        </Button>
      </div>
    </div>
  );
}
