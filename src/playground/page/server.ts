/**
 * Talking to the page's server: acts, messages of long ago, files, and the stream of what happens.
 */
import type { ActName, Acts, Answer, Events, PostView } from '../protocol.ts';

/** What the server refused, with its sentence. */
export class Refusal extends Error {}

export async function act<K extends ActName>(name: K, takes: Acts[K]['takes']): Promise<Acts[K]['gives']> {
  const response = await fetch(`do/${name}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(takes),
  });
  return resultOf<Acts[K]['gives']>(response);
}

/** Puts a file into the folder of articles, as it is. */
export async function drop(file: File): Promise<{ file: string }> {
  const response = await fetch(`drop?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: file,
  });
  return resultOf<{ file: string }>(response);
}

async function resultOf<T>(response: Response): Promise<T> {
  if (response.status !== 200 && response.status !== 400) throw new Refusal((await response.text()).trim());
  const answer = (await response.json()) as Answer<T>;
  if (!answer.ok) throw new Refusal(answer.error);
  return answer.result;
}

/** Oldest first; without `before` the newest there are. */
export async function fetchPosts(
  chatId: number,
  threadId: number,
  limit: number,
  before?: number,
): Promise<PostView[]> {
  const query = new URLSearchParams({ chat: String(chatId), thread: String(threadId), limit: String(limit) });
  if (before !== undefined) query.set('before', String(before));
  const response = await fetch(`posts?${query}`);
  if (!response.ok) throw new Refusal((await response.text()).trim());
  return (await response.json()) as PostView[];
}

export type EventListeners = { [K in keyof Events]: (data: Events[K]) => void };

/** Listens until the page is left; the browser comes back on its own when the connection breaks. */
export function listen(listeners: EventListeners, onConnection: (isUp: boolean) => void): void {
  const source = new EventSource('events');
  for (const name of Object.keys(listeners) as (keyof Events)[]) {
    source.addEventListener(name, (event: MessageEvent<string>) => {
      (listeners[name] as (data: unknown) => void)(JSON.parse(event.data));
    });
  }
  source.addEventListener('open', () => onConnection(true));
  source.addEventListener('error', () => {
    onConnection(false);
    // A refusal (too many pages, a restart) ends the source for good.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(listeners, onConnection), 2_000);
  });
}
