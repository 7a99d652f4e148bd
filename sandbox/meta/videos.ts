import type { GraphCall } from './graph-call.ts';
import { GraphError, invalidParameter, missingParameter, noSuchObject } from './graph-error.ts';
import { accountIdOf, makeObject } from './make-object.ts';
import { oneOf, requiredText, text, whole } from './params.ts';
import type { GraphObject } from './store.ts';
import type { Handler, MetaWorld } from './world.ts';

const CHUNK = 1024 * 1024;
const MAX_BYTES = 4 * 1024 ** 3;

function newVideo(world: MetaWorld, accountId: string, call: GraphCall, fields: Record<string, unknown>): GraphObject {
  const title = text(call.params, 'title') ?? text(call.params, 'name');
  return makeObject(world, 'video', accountId, { ...(title === null ? {} : { title }), published: true, ...fields }, call);
}

export function videoIsReady(world: MetaWorld, video: GraphObject): boolean {
  const finished = video.fields['finishedAt'];
  return (
    typeof finished === 'number' && video.fields['status'] !== 'DELETED' && world.core.now() >= finished + world.settings.videoProcessingMs
  );
}

/** uploading → processing → ready; an upload that was cancelled or broken ends in error. */
export function videoStatus(world: MetaWorld, video: GraphObject): Record<string, unknown> {
  const { finishedAt, broken } = video.fields;
  const phase = (status: string): { status: string } => ({ status });
  if (broken === true)
    return {
      video_status: 'error',
      uploading_phase: phase('error'),
      processing_phase: phase('not_started'),
      publishing_phase: phase('not_started'),
    };
  if (typeof finishedAt !== 'number') {
    return {
      video_status: 'uploading',
      uploading_phase: phase('in_progress'),
      processing_phase: phase('not_started'),
      publishing_phase: phase('not_started'),
    };
  }
  if (videoIsReady(world, video)) {
    return {
      video_status: 'ready',
      uploading_phase: phase('complete'),
      processing_phase: phase('complete'),
      publishing_phase: phase('complete'),
    };
  }
  const share = (world.core.now() - finishedAt) / Math.max(1, world.settings.videoProcessingMs);
  return {
    video_status: 'processing',
    processing_progress: Math.max(0, Math.min(99, Math.floor(share * 100))),
    uploading_phase: phase('complete'),
    processing_phase: phase('in_progress'),
    publishing_phase: phase('not_started'),
  };
}

export function videoThumbnails(world: MetaWorld, video: GraphObject): { data: unknown[] } {
  if (!videoIsReady(world, video)) return { data: [] };
  return {
    data: [0, 1, 2].map((n) => ({
      id: `${video.id}${n}`,
      height: 1080,
      width: 1080,
      scale: 1,
      is_preferred: n === 0,
      uri: `https://scontent.facebook.example/${video.id}/${n}`,
    })),
  };
}

function startUpload(world: MetaWorld, accountId: string, call: GraphCall): unknown {
  const size = whole(call.params, 'file_size');
  if (size === null) throw missingParameter('file_size');
  if (size < 1 || size > MAX_BYTES) throw invalidParameter('The file size is not allowed.', 1363020);
  const video = newVideo(world, accountId, call, {});
  const session = world.core.nextId('239');
  world.uploads.set(session, { videoId: video.id, size, received: 0 });
  return { upload_session_id: session, video_id: video.id, start_offset: '0', end_offset: String(Math.min(size, CHUNK)) };
}

function sessionOf(world: MetaWorld, call: GraphCall): { id: string; videoId: string; size: number; received: number } {
  const id = requiredText(call.params, 'upload_session_id');
  const session = world.uploads.get(id);
  if (session === undefined) throw new GraphError({ message: 'The upload session is not known.', code: 6001, subcode: 1363041 });
  return Object.assign(session, { id });
}

function transferChunk(world: MetaWorld, call: GraphCall): unknown {
  const session = sessionOf(world, call);
  const start = whole(call.params, 'start_offset');
  const chunk = call.files.get('video_file_chunk')?.bytes;
  if (start === null) throw missingParameter('start_offset');
  if (chunk === undefined) throw missingParameter('video_file_chunk');
  if (start !== session.received) {
    throw new GraphError({
      message: `The chunk begins at ${start} but ${session.received} is expected.`,
      code: 6001,
      subcode: 1363037,
      transient: true,
    });
  }
  session.received += chunk.length;
  if (session.received > session.size) throw new GraphError({ message: 'More bytes than announced.', code: 6001, subcode: 1363036 });
  return { start_offset: String(session.received), end_offset: String(Math.min(session.size, session.received + CHUNK)) };
}

function endUpload(world: MetaWorld, call: GraphCall, phase: 'finish' | 'cancel'): unknown {
  const session = sessionOf(world, call);
  const video = world.store.get(session.videoId);
  if (video === undefined) throw new Error(`upload ${session.id} has lost its video`);
  if (phase === 'cancel') {
    world.store.change(video, { broken: true }, world.core.now());
  } else {
    if (session.received !== session.size) throw new GraphError({ message: 'The upload is not complete.', code: 6001, subcode: 1363036 });
    const title = text(call.params, 'title');
    world.store.change(video, { finishedAt: world.core.now(), ...(title === null ? {} : { title }) }, world.core.now());
  }
  world.uploads.delete(session.id);
  world.core.touch();
  return { success: true };
}

/** DELETE act_X/advideos: gone for lists and creatives, still there for the oracle. */
export const deleteVideo: Handler = (world, account, call) => {
  const video = world.store.get(requiredText(call.params, 'video_id'));
  if (video?.kind !== 'video' || video.accountId !== account.accountId || video.fields['status'] === 'DELETED')
    throw noSuchObject(requiredText(call.params, 'video_id'), 'DELETE');
  world.store.change(video, { status: 'DELETED' }, world.core.now());
  world.core.touch();
  return { success: true };
};

/** POST act_X/advideos: in phases, or in one go from `source` or `file_url`. Equal bytes make a new video every time. */
export const uploadVideo: Handler = (world, account, call) => {
  const accountId = accountIdOf(account);
  switch (oneOf(call.params, 'upload_phase', ['start', 'transfer', 'finish', 'cancel'] as const)) {
    case 'start':
      return startUpload(world, accountId, call);
    case 'transfer':
      return transferChunk(world, call);
    case 'finish':
      return endUpload(world, call, 'finish');
    case 'cancel':
      return endUpload(world, call, 'cancel');
    case null: {
      if (!call.files.has('source') && text(call.params, 'file_url') === null) throw missingParameter('source');
      return { id: newVideo(world, accountId, call, { finishedAt: world.core.now() }).id };
    }
  }
};
