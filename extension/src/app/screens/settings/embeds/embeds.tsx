import { useState } from 'preact/hooks';
import type { z } from 'zod';
import * as embeds from '#shared/contracts/embeds.ts';
import { Button } from '../../../../ui/button.tsx';
import { Chip } from '../../../../ui/chip.tsx';
import { CopyButton } from '../../../../ui/copy-button.tsx';
import { SelectField, TextField } from '../../../../ui/field.tsx';
import { fmt, t } from '../../../../ui/i18n.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { ProblemMessage } from '../../../../ui/problem-message.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { PageHead } from '../../../shell/page-head.tsx';
import { may } from '../../../session/me.ts';
import { useTransport } from '../../../transport-context.ts';
import { useAction, useLoad } from '../../../use-load.ts';
import { ReadOnly } from '../parts/read-only.tsx';
import { snippetOf } from './embed-snippet.ts';

type Key = z.output<typeof embeds.embedKey>;
const KINDS = ['lead-roas', 'affiliate-stats'] as const;

/** Which pages may show which widget, and what to paste there. */
export function Embeds() {
  const transport = useTransport();
  const { now, reload } = useLoad('embed-keys', (signal) => transport.call(embeds.listEmbedKeys, { signal }));
  return (
    <>
      <PageHead title={t('section.embeds')} note={t('embeds.note')} />
      <ReadOnly unless="embeds:write" />
      <section class="card stack-4">
        {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
        {now.data === null ? now.state === 'loading' && <Skeleton rows={3} /> : <KeyList {...now.data} />}
        {may('embeds:write') && <NewKey onMade={reload} />}
      </section>
    </>
  );
}

type Keys = z.output<typeof embeds.listEmbedKeys.response>;
function KeyList({ keys, script }: Keys) {
  return keys.map((key) => <KeyCard key={key.id} embed={key} script={script} />);
}

function KeyCard({ embed, script }: { embed: Key; script: string }) {
  const snippet = snippetOf(embed, script);
  return (
    <details class="disclosure">
      <summary>
        <Icon name="chevron" size={12} />
        <strong>{t(`embed.${embed.kind}`)}</strong> <bdi>{embed.origin}</bdi>{' '}
        <Chip tone={embed.active ? 'good' : 'neutral'} icon={embed.active ? 'check' : 'pause'}>
          {embed.active ? t('embeds.active') : t('embeds.off')}
        </Chip>{' '}
        <span class="faint small">{fmt().day(embed.createdAt)}</span>
      </summary>
      <div class="stack-3" style={{ paddingBlock: '8px' }}>
        <Snippet title={t('embeds.inPage')} code={snippet.html} />
        <Snippet title={t('embeds.inStyles')} code={snippet.css} note={t('embeds.styleNote')} />
      </div>
    </details>
  );
}

function Snippet({ title, code, note }: { title: string; code: string; note?: string }) {
  return (
    <div class="stack-1">
      <div class="row-2 spread">
        <h3>{title}</h3>
        <CopyButton text={code} />
      </div>
      <pre class="snippet" dir="ltr" tabIndex={0} aria-label={title}>
        {code}
      </pre>
      {note !== undefined && <p class="field-hint">{note}</p>}
    </div>
  );
}

function NewKey({ onMade }: { onMade: () => void }) {
  const transport = useTransport();
  const [kind, setKind] = useState<(typeof KINDS)[number]>('lead-roas');
  const [origin, setOrigin] = useState('');
  const make = useAction(async () => {
    // People paste a page's whole address; the origin is what counts.
    await transport.call(embeds.createEmbedKey, { body: { kind, origin: URL.canParse(origin) ? new URL(origin).origin : origin } });
    setOrigin('');
    onMade();
  });
  return (
    <form
      class="stack-3"
      onSubmit={(event) => {
        event.preventDefault();
        void make.run();
      }}
    >
      <div class="grid-2">
        <SelectField
          label={t('embeds.kind')}
          options={KINDS.map((one) => ({ value: one, label: t(`embed.${one}`) }))}
          value={kind}
          onPick={setKind}
        />
        <TextField
          label={t('embeds.origin')}
          required
          type="url"
          dir="ltr"
          placeholder="https://shop.example.com"
          value={origin}
          onText={setOrigin}
          hint={t('embeds.originHint')}
        />
      </div>
      {make.error !== null && <ProblemMessage error={make.error} safe={t('nothingSaved')} />}
      <div>
        <Button type="submit" icon="plus" busy={make.busy}>
          {t('embeds.make')}
        </Button>
      </div>
    </form>
  );
}
