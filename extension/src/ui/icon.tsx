/** Line icons of one weight on a 16 px grid; decorative, so hidden from readers: the words beside them speak. */
const PATHS = {
  overview: 'M2 13V8m4 5V3m4 10V6m4 7V4',
  launch: 'M8 14V6m0 0L4.5 9.5M8 6l3.5 3.5M3 2.5h10',
  insights: 'M2 12.5 6 8l3 3 5-6.5',
  leads: 'M8 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm-5 6c0-2.5 2.2-4 5-4s5 1.5 5 4',
  orders: 'M2.5 2.5h1.6l1.3 8h6.8l1.3-5.5H5M6.2 13.4h.01m5 0h.01',
  affiliates: 'M6.5 9.5l3-3M5 8 3.4 9.6a2.1 2.1 0 0 0 3 3L8 11m0-6 1.6-1.6a2.1 2.1 0 0 1 3 3L11 8',
  connections: 'M5.5 2v3.5m5-3.5v3.5M4 5.5h8V8a4 4 0 0 1-8 0V5.5ZM8 12v2.5',
  settings: 'M2.5 4.5h7m3 0h1m-11 7h1m3 0h7M9.5 3v3m-6 4v3',
  operations: 'M2.5 12.5a6 6 0 1 1 11 0M8 10.5l2.8-4',
  menu: 'M2.5 4h11m-11 4h11m-11 4h11',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Zm3.3-1.2 3.2 3.2',
  close: 'M4 4l8 8m0-8-8 8',
  check: 'M3 8.5 6.5 12 13 4.5',
  warning: 'M8 2.5 1.8 13h12.4L8 2.5Zm0 4v3m0 2h.01',
  error: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 5v3.5m0 2.5h.01',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Zm0-7v3.7M8 5h.01',
  chevron: 'M6 4l4 4-4 4',
  down: 'M4 6l4 4 4-4',
  copy: 'M6 6h7.5v7.5H6V6ZM4 10H2.5V2.5H10V4',
  external: 'M6.5 3.5h-4v10h10v-4M9.5 2.5h4v4m0-4-6 6',
  file: 'M4 2h5l3.5 3.5V14H4V2Zm5 0v3.5h3.5',
  image: 'M2.5 3h11v10h-11V3Zm0 8 3-3.5 2.5 3 2-2 3.5 3.5M10.5 6h.01',
  video: 'M2 4h8.5v8H2V4Zm8.5 3L14 5v6l-3.5-2',
  plus: 'M8 3v10M3 8h10',
  pause: 'M5.5 3.5v9m5-9v9',
  play: 'M5 3l8 5-8 5V3Z',
  refresh: 'M13 8a5 5 0 1 1-1.5-3.6M13 2.5v3h-3',
  download: 'M8 2.5v7.5m0 0L5 7m3 3 3-3m-8.5 6.5h11',
} as const;
export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16, class: className = '' }: { name: IconName; size?: number; class?: string }) {
  const mirrored = name === 'chevron' || name === 'external';
  return (
    <svg
      class={`icon ${mirrored ? 'icon-directional' : ''} ${className}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
