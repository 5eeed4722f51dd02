import type { Json, JsonObject } from '../../base/index.ts';
import type { List, ListItem } from '../../store/index.ts';
import type { Column } from './columns.ts';

/**
 * An item as SharePoint's connector shows it: the columns by name, `ID`, `Created`, `Modified`, `Author`, `Editor`,
 * the ETag, and composed values for choices and people. Empty cells are left out.
 */
export function buildItemBody(list: List, columns: readonly Column[], item: ListItem): JsonObject {
  const body: JsonObject = {
    '@odata.etag': formatEtag(item.version),
    ItemInternalId: String(item.id),
    ID: item.id,
  };
  for (const column of columns) {
    const value = item.fields[column.name];
    if (value !== undefined && value !== null) addValue(body, column, value);
  }
  const title = item.fields['Title'];
  return {
    ...body,
    Created: item.createdAt,
    Modified: item.updatedAt,
    ...describeAuthor('Author', item.createdBy),
    ...describeAuthor('Editor', item.updatedBy),
    '{Identifier}': `Lists%252f${encodeURIComponent(list.name)}%252f${item.id}_.000`,
    '{Name}': typeof title === 'string' ? title : String(item.id),
    '{IsFolder}': false,
    '{HasAttachments}': false,
    '{VersionNumber}': `${item.version}.0`,
  };
}

export function formatEtag(version: number): string {
  return `"${version}"`;
}

/** The version an `If-Match` asks for; undefined for none, or for `*`. NaN for one that names no version. */
export function readEtag(value: Json | undefined): number | undefined {
  if (value === undefined || value === null || value === '' || value === '*') return undefined;
  const found = /^(?:W\/)?"?(\d{1,9})(?:\.\d+)?"?$/.exec(String(value).trim());
  return found === null ? Number.NaN : Number(found[1]);
}

function addValue(body: JsonObject, { name, type, choices = [] }: Column, value: Json): void {
  if (type === 'choice' && typeof value === 'string') {
    const id = choices.indexOf(value);
    body[name] = { '@odata.type': `${SHAPES}SPListExpandedReference`, Id: id, Value: value };
    body[`${name}#Id`] = id;
  } else if (type === 'person' && typeof value === 'string') {
    body[name] = describePerson(value);
    body[`${name}#Claims`] = `i:0#.f|membership|${value}`;
  } else {
    body[name] = value;
  }
}

const SHAPES = '#Microsoft.Azure.Connectors.SharePoint.';

function describeAuthor(name: 'Author' | 'Editor', author: string | undefined): JsonObject {
  return author === undefined ? {} : { [name]: describePerson(author) };
}

function describePerson(name: string): JsonObject {
  const isAddress = name.includes('@');
  return {
    '@odata.type': `${SHAPES}SPListExpandedUser`,
    Claims: isAddress ? `i:0#.f|membership|${name}` : name,
    DisplayName: name,
    Email: isAddress ? name : '',
    Picture: '',
    Department: '',
    JobTitle: '',
  };
}
