/**
 * A message as lines for a terminal: markup as ANSI when there is a terminal, the targets of links beside their
 * text, buttons numbered in the order in which they can be pressed. Pure.
 */
import type { Post } from './post.ts';
import type { Button, Entity, EntityType } from './wire.ts';

export interface ViewOptions {
  /** Without it, markup is dropped and links are all that is left of it. */
  ansi: boolean;
  /** To recognise links that lead back into the bot. */
  botUsername: string;
}

const STYLES: Partial<Record<EntityType, readonly [on: string, off: string]>> = {
  bold: ['\u001b[1m', '\u001b[22m'],
  italic: ['\u001b[3m', '\u001b[23m'],
  underline: ['\u001b[4m', '\u001b[24m'],
  strikethrough: ['\u001b[9m', '\u001b[29m'],
  code: ['\u001b[36m', '\u001b[39m'],
  pre: ['\u001b[36m', '\u001b[39m'],
};
const DIM: readonly [string, string] = ['\u001b[2m', '\u001b[22m'];
/** Control characters that Telegram leaves in a text and that a terminal would obey. */
const CONTROLS = /[\u007f-\u009f]/gu;

/** What stands behind `?start=` in a link to this bot; null for any other link. */
export function startPayload(url: string, botUsername: string): string | null {
  const match = /^(?:https?:\/\/)?t\.me\/(\w+)\/?\?start=([\w-]{1,64})$/iu.exec(url);
  return match?.[1]?.toLowerCase() === botUsername.toLowerCase() ? (match[2] ?? null) : null;
}

function target(url: string, options: ViewOptions): string {
  const payload = startPayload(url, options.botUsername);
  const shown = payload === null ? `(${url})` : `(open ${payload})`;
  return options.ansi ? ` ${DIM[0]}${shown}${DIM[1]}` : ` ${shown}`;
}

function text(post: Post, options: ViewOptions): string {
  const marks = new Map<number, { before: string; after: string }>();
  const at = (offset: number): { before: string; after: string } => {
    const mark = marks.get(offset) ?? { before: '', after: '' };
    marks.set(offset, mark);
    return mark;
  };
  const mark = (entity: Entity): void => {
    const end = at(entity.offset + entity.length);
    const style = options.ansi ? STYLES[entity.type] : undefined;
    if (style !== undefined) {
      at(entity.offset).before += style[0];
      end.after = style[1] + end.after;
    }
    if (entity.type === 'text_link' && entity.url !== undefined) end.after += target(entity.url, options);
  };
  post.entities.forEach(mark);
  let shown = '';
  let done = 0;
  for (const offset of [...marks.keys()].sort((a, b) => a - b)) {
    shown += post.text.slice(done, offset) + at(offset).after + at(offset).before;
    done = offset;
  }
  return shown + post.text.slice(done);
}

function button(value: Button, number: number, options: ViewOptions): string {
  return `[${number}] ${value.text}${value.url === undefined ? '' : target(value.url, options)}`;
}

/** @param heading stands above the message, in one line */
export function viewPost(post: Post, heading: string, options: ViewOptions): string {
  let number = 0;
  const rows = post.rows.map((row) => row.map((value) => button(value, ++number, options)).join('  '));
  const top = options.ansi ? `${DIM[0]}── ${heading}${DIM[1]}` : `-- ${heading}`;
  return [
    top,
    text(post, options).replace(CONTROLS, ' '),
    ...rows.map((row) => row.replace(CONTROLS, ' ')),
  ].join('\n');
}
