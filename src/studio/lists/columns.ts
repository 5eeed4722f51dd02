import type { ColumnType, ListColumn } from '../../api/index.ts';

export const COLUMN_TYPE_LABELS: Readonly<Record<ColumnType, string>> = {
  text: 'Text',
  multilineText: 'Several lines of text',
  number: 'Number',
  integer: 'Whole number',
  boolean: 'Yes or no',
  date: 'Date',
  dateTime: 'Date and time',
  choice: 'Choice',
  person: 'Person',
  hyperlink: 'Link',
  json: 'JSON',
};

/** Narrowed from what a dropdown gives back. */
export function readColumnType(text: string | undefined): ColumnType | undefined {
  return (Object.keys(COLUMN_TYPE_LABELS) as ColumnType[]).find((type) => type === text);
}

/** A column as it is edited: a new one has no name yet. */
export interface ColumnDraft {
  /** Tells drafts apart while they are edited. */
  readonly key: string;
  readonly name?: string;
  readonly title: string;
  readonly type: ColumnType;
  readonly required: boolean;
  /** Comma-separated. */
  readonly choices: string;
}

export function draftColumn(column: ListColumn): ColumnDraft {
  return {
    key: column.name,
    name: column.name,
    title: column.title ?? column.name,
    type: column.type,
    required: column.required ?? false,
    choices: column.choices?.join(', ') ?? '',
  };
}

/** The columns that were drafted; drafts without a title are left out, names are made from titles and unique. */
export function readDrafts(drafts: readonly ColumnDraft[]): ListColumn[] {
  const taken = new Set(drafts.flatMap(({ name }) => (name === undefined ? [] : [name.toLowerCase()])));
  return drafts
    .filter(({ title }) => title.trim() !== '')
    .map((draft) => {
      const name = draft.name ?? nameColumn(draft.title, taken);
      taken.add(name.toLowerCase());
      return readDraft(draft, name);
    });
}

function readDraft({ title, type, required, choices }: ColumnDraft, name: string): ListColumn {
  const values = choices
    .split(',')
    .map((choice) => choice.trim())
    .filter((choice) => choice !== '');
  return {
    name,
    type,
    ...(title.trim() === name ? {} : { title: title.trim() }),
    ...(required ? { required } : {}),
    ...(type === 'choice' ? { choices: values } : {}),
  };
}

/** `Tracking number` → `TrackingNumber`, as expressions can call it. */
function nameColumn(title: string, taken: ReadonlySet<string>): string {
  const words = title
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9_\s-]/g, '')
    .split(/[\s-]+/)
    .filter((word) => word !== '');
  const joined = words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('');
  const base = (/^[A-Za-z_]/.test(joined) ? joined : `Column${joined}`).slice(0, 60);
  let name = base;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${base}${number}`;
  return name;
}
