/**
 * The way to the rest of an edition in which follows had a say: what there is between its two ends is not the rest of it,
 * so it is named by its key.
 */
import { editionKey, type EditionFrame } from '../../digest/edition.ts';
import { linkButton, pressButton, startLink, type Button } from './view.ts';

/**
 * In a channel a button cannot answer the one who pressed it, so there it is a link into the bot.
 *
 * @param page from 0, with which the button begins
 */
export function siftedButton(frame: EditionFrame, page: number, label: string, bot: string): Button {
  const key = editionKey(frame);
  return frame.surface === 'channel'
    ? linkButton(label, startLink(bot, { open: 'sifted', key, page }))
    : pressButton(label, { do: 'sifted', key, page });
}
