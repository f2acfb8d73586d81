/**
 * Making elements. Text is only ever set as text: nothing on this page parses HTML, and the page's policy would not let it.
 */

type Listeners = { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };

export interface Props {
  class?: string;
  /** Instead of children. */
  text?: string;
  /** Attributes; null and false leave one out, true writes it empty. */
  attrs?: Record<string, string | number | boolean | null>;
  on?: Listeners;
}

export type Child = Node | string | null;

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  children: readonly Child[] = [],
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (props.class !== undefined) element.className = props.class;
  setAttributes(element, props.attrs ?? {});
  for (const [name, listener] of Object.entries(props.on ?? {})) {
    element.addEventListener(name, listener as EventListener);
  }
  if (props.text !== undefined) element.textContent = props.text;
  for (const child of children) if (child !== null) element.append(child);
  return element;
}

export function setAttributes(element: Element, attrs: NonNullable<Props['attrs']>): void {
  for (const [name, value] of Object.entries(attrs)) {
    if (value === null || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}

export function replaceChildren(element: Element, children: readonly Child[]): void {
  element.replaceChildren(...children.filter((child) => child !== null));
}

const SVG = 'http://www.w3.org/2000/svg';

/** Strokes on a field of 24 × 24. */
const ICONS = {
  back: 'M15 5l-7 7 7 7',
  send: 'M4 12l16-8-5 16-4-6zM11 14l9-10',
  menu: 'M4 7h16M4 12h16M4 17h10',
  reply: 'M10 6L4 12l6 6M4 12h10a6 6 0 0 1 6 6',
  pin: 'M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21zM12 7a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M12 5v14M6 13l6 6 6-6',
  bellOff: 'M6 16V11a6 6 0 0 1 9-5.2M18 10v6H8M10 19a2 2 0 0 0 4 0M4 4l16 16',
  sliders: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4l3 2',
  paper: 'M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7',
  cloud: 'M7 18a4 4 0 0 1-.5-8A6 6 0 0 1 18 9.5 4.3 4.3 0 0 1 17.5 18zM9 21l2-3M14 21l2-3',
  people:
    'M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3 19a6 6 0 0 1 12 0M16 5.5a3 3 0 0 1 0 5M17 13.5a6 6 0 0 1 4 5.5',
  list: 'M4 6h2M4 12h2M4 18h2M9 6h11M9 12h11M9 18h11',
  chat: 'M4 5h16v11H10l-4 4v-4H4z',
  out: 'M9 6h9v9M18 6L7 17',
  at: 'M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM15.5 8.5v5a2.5 2.5 0 0 0 5 0V12a8.5 8.5 0 1 0-3.5 6.9',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  restart: 'M5 5v5h5M5.5 10A7 7 0 1 1 5 14',
  check: 'M5 12l5 5L19 7',
  chevron: 'M7 10l5 5 5-5',
  hash: 'M9 4L7 20M17 4l-2 16M4 9h16M3 15h16',
} as const;

export type IconName = keyof typeof ICONS;

/** Decoration: what it means is said in words beside it or in its button's label. */
export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  setAttributes(svg, { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' });
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows only an icon; the label is read aloud and shown on hover. */
export function iconButton(
  name: IconName,
  label: string,
  onClick: () => void,
  className = '',
): HTMLButtonElement {
  return el(
    'button',
    {
      class: `icon-button ${className}`.trim(),
      attrs: { type: 'button', 'aria-label': label, title: label },
      on: { click: onClick },
    },
    [icon(name)],
  );
}
