import { element } from './element.ts';

/** A choice that looks like a chip: the browser's own list, so keyboard and screen reader work as everywhere. */
export function selectChip<Value extends string>(
  name: string,
  choices: readonly (readonly [Value, string])[],
  chosen: Value,
  choose: (value: Value) => void,
): HTMLSelectElement {
  const select = element(
    'select',
    'chip',
    ...choices.map(([value, label]) => new Option(label, value, value === chosen, value === chosen)),
  );
  select.ariaLabel = name;
  select.title = name;
  select.tabIndex = -1;
  select.addEventListener('change', (event) => {
    if (event.isTrusted) choose(select.value as Value);
  });
  return select;
}
