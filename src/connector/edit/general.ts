import type { Json, JsonObject } from '../../base/index.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { readMember, setFilled, setMember } from './members.ts';

/** Behind the initials of a connector that names no colour. */
export const DEFAULT_BRAND_COLOR = '#2f6f8f';

/** What people read about a connector before they use it. */
export interface GeneralInfo {
  readonly title: string;
  readonly description: string;
  readonly contactName: string;
  readonly contactUrl: string;
  readonly contactEmail: string;
  readonly publisher: string;
  readonly documentationUrl: string;
  readonly brandColor: string;
  /** base64 of `icon.png`. */
  readonly icon: string | undefined;
}

export function readGeneral({ openapi, properties, files }: ConnectorDefinition): GeneralInfo {
  const info = readMember(openapi, 'info');
  const contact = readMember(info, 'contact');
  return {
    title: readText(info['title']),
    description: readText(info['description']),
    contactName: readText(contact['name']),
    contactUrl: readText(contact['url']),
    contactEmail: readText(contact['email']),
    publisher: readText(properties['publisher']),
    documentationUrl: readText(readMember(openapi, 'externalDocs')['url']),
    brandColor: readText(properties['iconBrandColor'] ?? info['x-ms-icon-brand-color']),
    icon: files['icon.png'],
  };
}

/** As it is written, blanks and all: a field shows what is typed into it. */
function readText(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Changes some of it. An empty text takes a member out, but for the title and the description, which must stand. */
export function setGeneral(
  definition: ConnectorDefinition,
  change: Partial<Omit<GeneralInfo, 'icon'>>,
): ConnectorDefinition {
  const { openapi, properties } = definition;
  return {
    ...definition,
    openapi: setDocs(setInfo(openapi, change), change.documentationUrl),
    properties: setProperties(properties, change),
  };
}

function setInfo(openapi: JsonObject, change: Partial<GeneralInfo>): JsonObject {
  const before = readMember(openapi, 'info');
  let info = before;
  if (change.title !== undefined) info = { ...info, title: change.title };
  if (change.description !== undefined) info = { ...info, description: change.description };
  let contact = readMember(info, 'contact');
  const fields = [
    ['name', change.contactName],
    ['url', change.contactUrl],
    ['email', change.contactEmail],
  ] as const;
  for (const [name, value] of fields) if (value !== undefined) contact = setText(contact, name, value);
  info = setFilled(info, 'contact', contact);
  return { ...openapi, info };
}

function setDocs(openapi: JsonObject, url: string | undefined): JsonObject {
  if (url === undefined) return openapi;
  return setFilled(openapi, 'externalDocs', setText(readMember(openapi, 'externalDocs'), 'url', url));
}

function setProperties(properties: JsonObject, change: Partial<GeneralInfo>): JsonObject {
  let changed = properties;
  if (change.publisher !== undefined) changed = setText(changed, 'publisher', change.publisher);
  if (change.brandColor !== undefined) changed = setText(changed, 'iconBrandColor', change.brandColor);
  return changed;
}

function setText(owner: JsonObject, name: string, value: string): JsonObject {
  const text: Json | undefined = value.trim() === '' ? undefined : value;
  return setMember(owner, name, text);
}

/** Sets the icon, a PNG in base64; undefined takes it out. */
export function setIcon(definition: ConnectorDefinition, png: string | undefined): ConnectorDefinition {
  const { 'icon.png': _before, ...others } = definition.files;
  return { ...definition, files: png === undefined ? others : { ...others, 'icon.png': png } };
}
