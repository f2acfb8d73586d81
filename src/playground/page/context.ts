/**
 * What every part of the page is handed: what is known, how to say it, and the few things that reach across parts.
 */
import type { ChatView, PostView } from '../protocol.ts';
import type { Dialogs } from './dialogs.ts';
import type { Formats } from './format.ts';
import type { Store } from './store.ts';
import type { Texts } from './texts.ts';

export interface Context {
  store: Store;
  texts: Texts;
  formats: Formats;
  dialogs: Dialogs;
  /** Follows a link as Telegram would; `from` is the chat that it stands in. */
  follow: (url: string, from: ChatView) => void;
  /** Writes into the open chat as whoever one is there. */
  say: (text: string) => void;
  /** Puts a text into the composer of the open chat, for the person to go on with. */
  suggest: (text: string) => void;
  /** The next message answers this one. */
  replyTo: (post: PostView) => void;
  /** Takes away what covers the conversation on a small screen. */
  showChat: () => void;
  /** Says what went wrong, in a sentence. */
  fail: (error: unknown) => void;
}
