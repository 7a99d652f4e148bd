import { useState } from 'preact/hooks';
import type { AdAccount } from '#shared/contracts/connections.ts';
import * as templates from '#shared/contracts/launch-templates.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CheckField, SmallSelect, TextField } from '../../ui/field.tsx';
import { t } from '../../ui/i18n.ts';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { toast } from '../../ui/toast.tsx';
import { useTransport } from '../transport-context.ts';
import { useAction, useLoad } from '../use-load.ts';
import type { Draft } from './draft.ts';
import { draftOfTemplate, missingOf, REQUIRABLE, templateOf, type Requirable } from './template-of.ts';

interface Props {
  draft: Draft;
  account: AdAccount;
  onDraft: (draft: Draft) => void;
  newKey: () => string;
}

/** Begin with a template, see what it asks for, keep the present settings and rows as one. */
export function TemplateBar({ draft, account, onDraft, newKey }: Props) {
  const transport = useTransport();
  const [asking, setAsking] = useState<'save' | 'delete' | null>(null);
  const list = useLoad('launch-templates', async (signal) => (await transport.call(templates.listTemplates, { signal })).templates);
  const begin = useAction(async (id: string) =>
    onDraft(draftOfTemplate(draft, await transport.call(templates.getTemplate, { params: { id }, query: {} }), newKey())),
  );
  const all = list.now.data ?? [];
  const current = all.find((one) => one.id === draft.template?.id) ?? null;
  const missing = missingOf(draft);
  return (
    <div class="stack-2" data-testid="templates">
      <div class="row-2">
        {all.length > 0 && (
          <SmallSelect
            label={t('template.begin')}
            value={current?.id ?? ''}
            onPick={(id) => void (id !== '' && begin.run(id))}
            options={[
              { value: '', label: t('template.none') },
              ...all.map((one) => ({
                value: one.id,
                label: t(one.isPersonal ? 'template.mine' : 'template.shared', { name: one.name, version: one.version }),
              })),
            ]}
          />
        )}
        <Button look="quiet" onClick={() => setAsking('save')} data-testid="save-template">
          {t('template.save')}
        </Button>
        {current !== null && (
          <Button look="quiet" onClick={() => setAsking('delete')}>
            {t('template.delete')}
          </Button>
        )}
      </div>
      {missing.length > 0 && (
        <p class="notice notice-fair" role="status">
          {t('template.asksFor', { fields: missing.map((field) => wordFor(field, account)).join(', ') })}
        </p>
      )}
      {list.now.state === 'failed' && <ProblemMessage error={list.now.error} onRetry={list.reload} />}
      {begin.error !== null && <ProblemMessage error={begin.error} safe={t('template.draftStays')} />}
      {asking === 'save' && (
        <SaveDialog
          draft={draft}
          account={account}
          current={current}
          onClose={() => setAsking(null)}
          onSaved={(saved) => {
            list.reload();
            const { id, version, name } = saved;
            onDraft({ ...draft, template: { id, version, name, required: draft.template?.required ?? [] } });
          }}
        />
      )}
      {asking === 'delete' && current !== null && (
        <DeleteDialog
          template={current}
          onClose={() => setAsking(null)}
          onDeleted={() => {
            list.reload();
            const { template: _, ...others } = draft;
            onDraft(others);
          }}
        />
      )}
    </div>
  );
}

function wordFor(field: Requirable, account: AdAccount): string {
  const words: Record<Requirable, string> = {
    dailyBudget: t('setting.budget', { currency: account.currency }),
    countries: t('setting.countries'),
    link: t('setting.link'),
    leadFormId: t('own.leadFormId'),
    pixelId: t('own.pixelId'),
  };
  return words[field];
}

type SaveProps = {
  draft: Draft;
  account: AdAccount;
  current: templates.LaunchTemplate | null;
  onClose: () => void;
  onSaved: (saved: templates.LaunchTemplate) => void;
};

/** A new template, or the next version of the one the draft began with. */
function SaveDialog({ draft, account, current, onClose, onSaved }: SaveProps) {
  const transport = useTransport();
  const [name, setName] = useState(current?.name ?? draft.name);
  const [isPersonal, setPersonal] = useState(false);
  const [required, setRequired] = useState<readonly Requirable[]>(draft.template?.required ?? []);
  const save = useAction(async (isNext: boolean) => {
    const content = templateOf(draft, required);
    const saved =
      isNext && current !== null && draft.template !== undefined
        ? await transport.call(templates.updateTemplate, {
            params: { id: current.id },
            body: { name: name.trim(), version: draft.template.version, content },
          })
        : await transport.call(templates.createTemplate, { body: { name: name.trim(), isPersonal, content } });
    onSaved(saved);
    toast(t('saved'));
    onClose();
  });
  const nameless = name.trim() === '';
  return (
    <Dialog
      title={t('template.save')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          {current !== null && (
            <Button disabled={nameless} busy={save.busy} onClick={() => void save.run(true)}>
              {t('template.next', { version: current.version + 1 })}
            </Button>
          )}
          <Button look="primary" disabled={nameless} busy={save.busy} onClick={() => void save.run(false)} data-testid="template-create">
            {t('template.new')}
          </Button>
        </>
      }
    >
      <div class="stack-3">
        <p class="small soft">{t('template.what')}</p>
        <TextField label={t('template.name')} value={name} onText={setName} maxLength={120} required takesFocus />
        <CheckField label={t('template.personal')} checked={isPersonal} onCheck={setPersonal} />
        <fieldset class="plain-fieldset stack-1">
          <legend>{t('template.required')}</legend>
          {REQUIRABLE.map((field) => (
            <CheckField
              key={field}
              label={wordFor(field, account)}
              checked={required.includes(field)}
              onCheck={(on) => setRequired(on ? [...required, field] : required.filter((one) => one !== field))}
            />
          ))}
        </fieldset>
        {save.error !== null && <ProblemMessage error={save.error} safe={t('template.draftStays')} />}
      </div>
    </Dialog>
  );
}

type DeleteProps = { template: templates.LaunchTemplate; onClose: () => void; onDeleted: () => void };

function DeleteDialog({ template, onClose, onDeleted }: DeleteProps) {
  const transport = useTransport();
  const remove = useAction(async () => {
    await transport.call(templates.deleteTemplate, { params: { id: template.id } });
    onDeleted();
    onClose();
  });
  return (
    <Dialog
      title={t('template.deleteAsk', { name: template.name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="danger" busy={remove.busy} onClick={remove.run}>
            {t('template.delete')}
          </Button>
        </>
      }
    >
      <p>{t('template.deleteEffect')}</p>
      {remove.error !== null && <ProblemMessage error={remove.error} />}
    </Dialog>
  );
}
