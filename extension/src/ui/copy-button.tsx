import { useState } from 'preact/hooks';
import { Button } from './button.tsx';
import { t } from './i18n.ts';

export function CopyButton({ text, label }: { text: string; label?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <Button look="quiet" icon={copied ? 'check' : 'copy'} onClick={copy}>
      {copied ? t('copied') : (label ?? t('copy'))}
    </Button>
  );
}
