/** A call to the sandbox's own controls. @throws when it refuses */
export async function control<T = unknown>(sandbox: { url: string }, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${sandbox.url}/_sandbox/${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`The sandbox refused ${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}
