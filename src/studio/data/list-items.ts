import type { ListItem } from '../../api/index.ts';
import type { JsonObject } from '../../base/index.ts';

export interface ItemPage {
  readonly value: ListItem[];
  readonly nextCursor?: string | undefined;
}

interface Pages {
  readonly pages: ItemPage[];
}

/** The pages with some fields of one item replaced. */
export function changeItem<P extends Pages>(items: P, itemId: number, fields: JsonObject): P {
  return mapPages(items, (page) =>
    page.value.map((item) =>
      item.id === itemId ? { ...item, fields: { ...item.fields, ...fields } } : item,
    ),
  );
}

/** The pages with an item as the server has it now. */
export function replaceItem<P extends Pages>(items: P, saved: ListItem): P {
  return mapPages(items, (page) => page.value.map((item) => (item.id === saved.id ? saved : item)));
}

/** The pages with a new item at the end, unless it has been read meanwhile. */
export function putItem<P extends Pages>(items: P, added: ListItem): P {
  if (items.pages.some((page) => page.value.some((item) => item.id === added.id))) return items;
  const last = items.pages.length - 1;
  return mapPages(items, (page, index) => (index === last ? [...page.value, added] : page.value));
}

/** The pages without one item. */
export function dropItem<P extends Pages>(items: P, itemId: number): P {
  return mapPages(items, (page) => page.value.filter((item) => item.id !== itemId));
}

function mapPages<P extends Pages>(items: P, map: (page: ItemPage, index: number) => ListItem[]): P {
  return { ...items, pages: items.pages.map((page, index) => ({ ...page, value: map(page, index) })) };
}
