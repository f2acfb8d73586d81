/**
 * A view: one message, ready to be sent or to replace another one. It has the shape of a digest's part, so that a digest
 * is a list of views that were frozen.
 */
import type { DigestButton } from '../../delivery/courier.ts';
import { encodePress, encodeStart, type Press, type StartPayload } from '../callbackData.ts';
import type { Html } from './html.ts';

export interface View {
  /** Telegram HTML. */
  html: string;
  /** Rows of buttons. */
  buttons: Button[][];
  /** Opens the field for a reply to this message, instead of buttons; in a group only for whom it names. */
  ask?: { placeholder: string; selective: boolean };
}

export type Button = DigestButton;

export function view(content: Html, buttons: Button[][] = []): View {
  return { html: content.html, buttons: buttons.filter((row) => row.length > 0) };
}

export function pressButton(text: string, press: Press): Button {
  return { text, data: encodePress(press) };
}

export function linkButton(text: string, url: string): Button {
  return { text, url };
}

/** Buttons in rows of `count`. */
export function inRows(buttons: readonly Button[], count: number): Button[][] {
  const rows: Button[][] = [];
  for (let n = 0; n < buttons.length; n += count) rows.push(buttons.slice(n, n + count));
  return rows;
}

/** A link that opens the bot in private at something. */
export function startLink(bot: string, payload: StartPayload): string {
  return `https://t.me/${bot}?start=${encodeStart(payload)}`;
}

/** The `reply_markup` field for a view's buttons; undefined when it has none. */
export function keyboard(buttons: readonly (readonly Button[])[]): object | undefined {
  if (buttons.length === 0) return undefined;
  return {
    inline_keyboard: buttons.map((row) =>
      row.map((button) =>
        'url' in button
          ? { text: button.text, url: button.url }
          : { text: button.text, callback_data: button.data },
      ),
    ),
  };
}

/** The row that turns pages; empty when there is only one. Pages count from 0. */
export function pager(
  page: number,
  pages: number,
  labels: { previous: string; next: string },
  press: (page: number) => Press,
): Button[] {
  if (pages <= 1) return [];
  const row: Button[] = [];
  if (page > 0) row.push(pressButton(labels.previous, press(page - 1)));
  row.push(pressButton(`${page + 1}/${pages}`, { do: 'nothing' }));
  if (page < pages - 1) row.push(pressButton(labels.next, press(page + 1)));
  return row;
}
