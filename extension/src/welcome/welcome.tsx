import { useState } from 'preact/hooks';
import type { OverlayKey } from '#shared/messages/overlay.ts';
import type { Translate } from '#shared/messages/translate.ts';
import { request } from '../messaging/request.ts';

/** First run: what is read, what is sent, how to switch off. Nothing runs in any page before the button. */
export function Welcome({ t, accepted }: { t: Translate<OverlayKey>; accepted: boolean }) {
  const [done, setDone] = useState(accepted);
  const [problem, setProblem] = useState(false);
  const accept = async (): Promise<void> => {
    setProblem(false);
    await request('consent.give', null);
    const me = await request('session.get', null);
    if (me !== null) return setDone(true);
    await request('session.signIn', { interactive: true }).then(
      () => setDone(true),
      () => setProblem(true),
    );
  };
  return (
    <main class="welcome">
      <h1>{t('welcome.title')}</h1>
      <p>{t('welcome.read')}</p>
      <p>{t('welcome.sent')}</p>
      <p>{t('welcome.off')}</p>
      {problem && (
        <p class="problem" role="alert">
          {t('popup.signInFailed')}
        </p>
      )}
      {done ? (
        <p role="status">{t('welcome.done')}</p>
      ) : (
        <button type="button" class="primary" data-testid="consent-accept" onClick={() => void accept()}>
          {t('welcome.accept')}
        </button>
      )}
    </main>
  );
}
