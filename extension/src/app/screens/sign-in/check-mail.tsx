import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../../ui/button.tsx';
import { fmt, t } from '../../../ui/i18n.ts';
import { Refusal } from '../../session/refusal.tsx';
import { useWait } from '../../session/use-wait.ts';
import { useAction } from '../../use-load.ts';
import { Door } from './door.tsx';

const PAUSE_SECONDS = 30;

/** A link is on its way. The page says the same whether or not the address has an account. */
export function CheckMail({
  email,
  text,
  onAgain,
  onChange,
}: {
  email: string;
  text: string;
  onAgain: () => Promise<void>;
  onChange: () => void;
}) {
  const [pause, setPause] = useState(PAUSE_SECONDS);
  const again = useAction(async () => {
    await onAgain();
    setPause(PAUSE_SECONDS);
  });
  const wait = useWait(again.error);
  useEffect(() => {
    const timer = setTimeout(() => setPause((left) => Math.max(0, left - 1)), 1000);
    return () => clearTimeout(timer);
  }, [pause]);
  return (
    <Door title={t('checkMail.title')}>
      <div class="stack-2" data-testid="check-mail">
        <p>{t('checkMail.sentTo')}</p>
        <p class="strong door-address">
          <bdi>{email}</bdi>
        </p>
        <p class="soft">{text}</p>
        <p class="small faint">{t('checkMail.notThere')}</p>
      </div>
      <Refusal error={again.error} wait={wait} />
      <div class="row-2">
        <Button busy={again.busy} disabled={pause > 0 || wait > 0} onClick={again.run}>
          {pause > 0 ? t('checkMail.againIn', { time: fmt().duration(pause) }) : t('checkMail.again')}
        </Button>
        <Button look="quiet" onClick={onChange}>
          {t('checkMail.other')}
        </Button>
      </div>
    </Door>
  );
}
