export interface Segment {
  kind: 'done' | 'moving' | 'failed';
  count: number;
}

/** Progress in the user's own units. Segments are painted in order; the first of them is what the bar counts. */
export function ProgressBar({ label, segments, total }: { label: string; segments: readonly [Segment, ...Segment[]]; total: number }) {
  return (
    <div class="progress" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={total} aria-valuenow={segments[0].count}>
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
