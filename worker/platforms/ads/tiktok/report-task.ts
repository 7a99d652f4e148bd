import Papa from 'papaparse';
import { readAgain } from '../../http/read-again.ts';
import { PlatformError } from '../../platform-error.ts';
import type { AdSession } from '../ad-platform.ts';
import { ask, download, type Row } from './client.ts';

const POLL_MS = 250;
const POLLS = 40;

/** The rows of a report that the platform makes in its own time, by the names of what was asked for. */
export async function* taskRows(session: AdSession, asked: Row): AsyncGenerator<Row[]> {
  const advertiser = { advertiser_id: session.accountExternalId };
  const task_id = await finishedTask(session, asked);
  const text = await readAgain(() => download(session, 'report/task/download/', { ...advertiser, task_id }));
  const { data, errors } = Papa.parse<Row>(text, { header: true, skipEmptyLines: true });
  if (errors.some((error) => error.type !== 'Delimiter'))
    throw new PlatformError('unknown', 'A report that cannot be read.', { platform: 'tiktok' });
  yield data;
}

/** A task that failed is the platform's own trouble: unknown, so that the caller comes again. */
async function finishedTask(session: AdSession, asked: Row): Promise<string> {
  // A task changes nothing: asking for it twice costs a task.
  const { task_id: task } = await readAgain(() =>
    ask(session, 'POST', 'report/task/create/', { ...asked, output_format: 'CSV_STRING', enable_report_title_translation: false }),
  );
  if (typeof task !== 'string') throw new PlatformError('unknown', 'A report without an id.', { platform: 'tiktok' });
  for (let poll = 0; poll < POLLS; poll += 1) {
    const { status } = await readAgain(() =>
      ask(session, 'GET', 'report/task/check/', { advertiser_id: session.accountExternalId, task_id: task }),
    );
    if (status === 'SUCCESS') return task;
    if (status === 'FAILED' || status === 'CANCELED')
      throw new PlatformError('unknown', `The platform did not finish the report (${status}).`, { platform: 'tiktok' });
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new PlatformError('throttled', 'The report is still being made.', { platform: 'tiktok', retryAfterSeconds: 30 });
}
