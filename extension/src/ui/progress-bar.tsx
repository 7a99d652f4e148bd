/** Progress in the user's own units. Segments are painted in order: what is finished, what is on its way, what failed. */
export interface Segment {
  kind: 'done' | 'moving' | 'failed';
  count: number;
}

export function ProgressBar({ label, segments, total }: { label: string; segments: readonly Segment[]; total: number }) {
  const done = segments.filter((segment) => segment.kind === 'done').reduce((sum, segment) => sum + segment.count, 0);
  return (
    <div class="progress" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={total} aria-valuenow={done}>
      {segments
        .filter((segment) => segment.count > 0)
        .map((segment) => (
          <span
            key={segment.kind}
            class={`progress-${segment.kind}`}
            style={{ inlineSize: `${(100 * segment.count) / Math.max(1, total)}%` }}
          />
        ))}
    </div>
  );
}
