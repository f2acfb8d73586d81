/**
 * The sections of an edition: when there is enough of it, what is from one source stands together, in the order in which
 * the sources come first; what is from sources with a single article comes last. Pure. Sections of what was arranged in
 * sections are the same ones.
 */

/** Fewer items are read in one go, and headings would be in the way. */
export const SECTIONS_FROM = 8;
/** A heading above a single item would be longer than a byline. */
const MIN_IN_SECTION = 2;
/** With most items under "other sources", sections order nothing. */
const MAX_OTHERS_SHARE = 0.5;

export interface Section<Item> {
  /** The source; null for the others, which come last. */
  source: string | null;
  /** In the order in which they came; never empty. */
  items: Item[];
}

/** Null when the edition is better read without sections. */
export function sectionsOf<Item>(
  items: readonly Item[],
  sourceOf: (item: Item) => string | null,
): Section<Item>[] | null {
  if (items.length < SECTIONS_FROM) return null;
  const bySource = new Map<string, Item[]>();
  for (const item of items) {
    const source = sourceOf(item);
    if (source === null) continue;
    const same = bySource.get(source);
    if (same === undefined) bySource.set(source, [item]);
    else same.push(item);
  }
  const isLarge = (source: string | null): boolean =>
    source !== null && (bySource.get(source)?.length ?? 0) >= MIN_IN_SECTION;
  const sections: Section<Item>[] = [...bySource]
    .filter(([source]) => isLarge(source))
    .map(([source, same]) => ({ source, items: same }));
  const others = items.filter((item) => !isLarge(sourceOf(item)));
  if (sections.length < 2 || others.length > items.length * MAX_OTHERS_SHARE) return null;
  return others.length === 0 ? sections : [...sections, { source: null, items: others }];
}

/** The items as they are read: section by section where there are sections, otherwise as they came. */
export function arrange<Item>(items: readonly Item[], sourceOf: (item: Item) => string | null): Item[] {
  const sections = sectionsOf(items, sourceOf);
  return sections === null ? [...items] : sections.flatMap((section) => section.items);
}
