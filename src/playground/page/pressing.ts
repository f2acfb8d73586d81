/**
 * What a button under a message does when it is pressed: it asks the bot, follows a link, copies, or opens inline mode.
 */
import type { ChatView, PostView } from '../protocol.ts';
import type { Button } from '../wire.ts';
import type { Context } from './context.ts';
import { act } from './server.ts';

export interface Pressed {
  post: PostView;
  button: Button;
  /** From 0, row by row. */
  at: number;
  chat: ChatView;
}

export async function press(key: HTMLElement, pressed: Pressed, context: Context): Promise<void> {
  const { button, chat } = pressed;
  const { store, texts, dialogs } = context;
  const bot = `@${store.hello.bot.username} `;
  if (button.url !== undefined) context.follow(button.url, chat);
  else if (button.copy_text !== undefined) {
    await navigator.clipboard.writeText(button.copy_text.text);
    dialogs.toast(texts.copied);
  } else if (button.switch_inline_query_current_chat !== undefined) {
    context.suggest(bot + button.switch_inline_query_current_chat);
  } else if (button.switch_inline_query !== undefined) {
    context.follow(
      `https://t.me/share/url?url=${encodeURIComponent(bot + button.switch_inline_query)}`,
      chat,
    );
  } else if (button.callback_data !== undefined) await ask(key, pressed, context);
}

/** Until the bot answers, the button shows that it was pressed. */
async function ask(key: HTMLElement, { post, at, chat }: Pressed, context: Context): Promise<void> {
  const { store, texts, dialogs } = context;
  if (key.classList.contains('waiting')) return;
  key.classList.add('waiting');
  key.setAttribute('aria-busy', 'true');
  try {
    const voice = store.voice({ chatId: chat.id, threadId: post.threadId });
    const answer = await act('press', { ...voice, messageId: post.id, button: at });
    if (answer === null) dialogs.toast(texts.noAnswer, 'error');
    else if (answer.url !== '') context.follow(answer.url, chat);
    else if (answer.alert) await dialogs.alert(answer.text);
    else if (answer.text !== '') dialogs.toast(answer.text);
  } catch (error) {
    context.fail(error);
  } finally {
    key.classList.remove('waiting');
    key.removeAttribute('aria-busy');
  }
}
