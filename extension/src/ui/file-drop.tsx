import type { ComponentChildren } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { Button } from './button.tsx';
import { filesOfDrop } from './files-of-drop.ts';
import { t } from './i18n.ts';
import { Icon, type IconName } from './icon.tsx';

export interface FileDropProps {
  title: string;
  hint: string;
  icon: IconName;
  accept: string;
  multiple?: boolean;
  /** Offers choosing a whole folder beside choosing files. */
  folder?: boolean;
  onFiles: (files: File[]) => void;
  testId: string;
  children?: ComponentChildren;
}

/** A place to drop files or a folder on; the same by two buttons for the keyboard. */
export function FileDrop({ title, hint, icon, accept, multiple = false, folder = false, onFiles, testId, children }: FileDropProps) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const folderInput = useRef<HTMLInputElement>(null);
  const titleId = useId();
  const take = (list: FileList | null) => {
    if (list !== null && list.length > 0) onFiles([...list]);
  };
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (event.dataTransfer === null) return;
    const files = await filesOfDrop(event.dataTransfer);
    if (files.length > 0) onFiles(multiple ? files : files.slice(0, 1));
  };
  return (
    <section
      class={`drop ${over ? 'drop-over' : ''}`}
      aria-labelledby={titleId}
      data-testid={testId}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name={icon} size={24} />
      <div class="drop-words">
        <h2 id={titleId} class="h3">
          {title}
        </h2>
        <p>{hint}</p>
      </div>
      <div class="row-2">
        <Button onClick={() => input.current?.click()}>{t('drop.chooseFiles', { count: multiple ? 2 : 1 })}</Button>
        {folder && <Button onClick={() => folderInput.current?.click()}>{t('drop.chooseFolder')}</Button>}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        multiple={multiple}
        aria-label={title}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      {folder && (
        <input
          ref={folderInput}
          type="file"
          hidden
          multiple
          aria-label={t('drop.chooseFolder')}
          {...{ webkitdirectory: true }}
          onChange={(event) => {
            take(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
      )}
      {children}
    </section>
  );
}
