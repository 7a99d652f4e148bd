import { useState } from 'preact/hooks';
import { Button } from '../../../../ui/button.tsx';
import { CopyButton } from '../../../../ui/copy-button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { CheckField } from '../../../../ui/field.tsx';
import { t } from '../../../../ui/i18n.ts';

/** A secret that nobody can show again: it is closed on purpose, not by a slip of the finger. */
export function SecretOnce({ title, note, secret, onClose }: { title: string; note: string; secret: string; onClose: () => void }) {
  const [stored, setStored] = useState(false);
  return (
    <Dialog
      title={title}
      onClose={() => stored && onClose()}
      actions={
        <Button look="primary" disabled={!stored} onClick={onClose} data-testid="secret-close">
          {t('close')}
        </Button>
      }
    >
      <div class="stack-3" data-testid="secret-once">
        <p>{note}</p>
        <pre class="snippet" dir="ltr" tabIndex={0} aria-label={title} data-testid="secret">
          {secret}
        </pre>
        <div>
          <CopyButton text={secret} />
        </div>
        <CheckField label={t('keys.stored')} checked={stored} onCheck={setStored} data-testid="secret-stored" />
      </div>
    </Dialog>
  );
}
