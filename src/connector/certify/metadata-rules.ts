import { isJsonObject, type Json, joinPointer, stringifyJson } from '../../base/index.ts';
import { firstText } from '../compile/text.ts';
import type { CertificationRule, CertifyContext, Found } from './types.ts';
import { CATEGORIES, isUrl } from './words.ts';

const METADATA = 'x-ms-connector-metadata';
const FIELDS = ['Website', 'Privacy policy', 'Categories'] as const;
const MAX_CATEGORIES = 2;
const MAX_BYTES = 1024 * 1024;
/** Names of servers that are not the one customers use. */
const NOT_PRODUCTION =
  /(?:^|[.-])(?:localhost|dev|test|staging|stage|sandbox|uat|127\.0\.0\.1)(?:[.-]|\d*$|:)/i;

interface Entry {
  readonly name: string;
  readonly value: string;
  readonly pointer: string;
}

function listMetadata({ document }: CertifyContext): Entry[] {
  const written = document[METADATA];
  return (Array.isArray(written) ? written : []).flatMap((entry: Json, index) => {
    if (!isJsonObject(entry)) return [];
    const name = firstText(entry['propertyName']);
    return [{ name, value: firstText(entry['propertyValue']), pointer: joinPointer('', METADATA, index) }];
  });
}

function* checkFields(context: CertifyContext): Iterable<Found> {
  const entries = listMetadata(context);
  if (entries.length === 0) return;
  for (const field of FIELDS) {
    const found = entries.find((entry) => entry.name === field);
    if (found !== undefined) {
      if (found.value === '') yield { pointer: found.pointer, message: `'${field}' has no value.` };
      continue;
    }
    const near = entries.find((entry) => sameLetters(entry.name, field));
    if (near === undefined) {
      yield { pointer: joinPointer('', METADATA), message: `${METADATA} has no '${field}'.` };
      continue;
    }
    const pointer = joinPointer(near.pointer, 'propertyName');
    yield {
      pointer,
      message: `'${near.name}' must be written '${field}'.`,
      fix: [{ part: 'document', pointer, value: field }],
    };
  }
}

function sameLetters(a: string, b: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
  return plain(a) === plain(b);
}

function* checkCategories(context: CertifyContext): Iterable<Found> {
  for (const { name, value, pointer } of listMetadata(context)) {
    if (!sameLetters(name, 'Categories') || value === '') continue;
    const written = value.split(';').map((one) => one.trim());
    const known = written.map((one) => CATEGORIES.find((category) => sameLetters(category, one)));
    const place = joinPointer(pointer, 'propertyValue');
    for (const [index, category] of written.entries()) {
      if (category === '' || CATEGORIES.includes(category)) continue;
      const mended = known.every((one) => one !== undefined) ? known.join(';') : undefined;
      const meant = known[index];
      yield {
        pointer: place,
        message:
          meant === undefined
            ? `There is no category '${category}'. The categories are ${CATEGORIES.join(', ')}.`
            : `The category '${category}' must be written '${meant}'.`,
        ...(mended === undefined ? {} : { fix: [{ part: 'document', pointer: place, value: mended }] }),
      };
    }
  }
}

function listServers({ document }: CertifyContext): { url: string; pointer: string }[] {
  const servers = Array.isArray(document['servers']) ? document['servers'] : [];
  return servers.flatMap((server, index) => {
    const url = isJsonObject(server) ? firstText(server['url']) : '';
    return url === '' ? [] : [{ url, pointer: joinPointer('/servers', index, 'url') }];
  });
}

function hasHostPolicy({ properties }: CertifyContext): boolean {
  const policies = properties['policyTemplateInstances'];
  return (
    Array.isArray(policies) &&
    policies.some((one) => /^dynamic/i.test(isJsonObject(one) ? String(one['templateId']) : ''))
  );
}

export const METADATA_RULES: readonly CertificationRule[] = [
  {
    id: 'CERT-CONTACT',
    severity: 'error',
    title: 'The document says whom to contact (`info.contact`).',
    check: ({ info }) =>
      isJsonObject(info['contact'])
        ? []
        : [{ pointer: '/info/contact', message: 'The document has no contact.' }],
  },
  {
    id: 'CERT-CONTACT-FIELDS',
    severity: 'warning',
    title: 'The contact has a name, an email address and a URL.',
    aliases: ['RequiredValueEmpty'],
    check: ({ info }) => {
      const { contact } = info;
      if (!isJsonObject(contact)) return [];
      return ['name', 'email', 'url']
        .filter((field) => firstText(contact[field]) === '')
        .map((field) => ({ pointer: '/info/contact', message: `The contact has no ${field}.` }));
    },
  },
  {
    id: 'CERT-CONTACT-FORM',
    severity: 'error',
    title: 'Email address and URL of the contact are written as such.',
    aliases: ['ContactEmailNotValid', 'UrlNotValid'],
    check: ({ info }) => {
      const contact = isJsonObject(info['contact']) ? info['contact'] : {};
      const [email, url] = [firstText(contact['email']), firstText(contact['url'])];
      const found: Found[] = [];
      if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
        found.push({ pointer: '/info/contact/email', message: `'${email}' is no email address.` });
      if (url !== '' && !isUrl(url))
        found.push({ pointer: '/info/contact/url', message: `'${url}' is no URL.` });
      return found;
    },
  },
  {
    id: 'CERT-META-REQUIRED',
    severity: 'error',
    title: `The document has \`${METADATA}\`.`,
    aliases: ['ConnectorMetadataPropertiesMissing'],
    check: (context) =>
      listMetadata(context).length > 0
        ? []
        : [{ pointer: joinPointer('', METADATA), message: `The document has no ${METADATA}.` }],
  },
  {
    id: 'CERT-META-FIELDS',
    severity: 'error',
    title:
      "The metadata name 'Website', 'Privacy policy' and 'Categories', spelt like that, each with its value.",
    aliases: ['ConnectorMetadataPropertiesMissing', 'RequiredValueEmpty'],
    fixes: true,
    check: checkFields,
  },
  {
    id: 'CERT-META-URL',
    severity: 'warning',
    title: "'Website' and 'Privacy policy' are absolute URLs.",
    aliases: ['UrlNotValid'],
    check: (context) =>
      listMetadata(context)
        .filter(
          ({ name, value }) => /^(?:website|privacy ?policy)$/i.test(name) && value !== '' && !isUrl(value),
        )
        .map(({ name, value, pointer }) => ({
          pointer: joinPointer(pointer, 'propertyValue'),
          message: `'${name}' is '${value}', which is no absolute URL.`,
        })),
  },
  {
    id: 'CERT-CATEGORY-ENUM',
    severity: 'error',
    title: 'Each category is one of the list, spelt like there.',
    aliases: ['InvalidConnectorCategory'],
    fixes: true,
    check: checkCategories,
  },
  {
    id: 'CERT-CATEGORY-MAX',
    severity: 'error',
    title: 'There are at most two categories.',
    aliases: ['TooManyConnectorCategories'],
    check: (context) =>
      listMetadata(context)
        .filter(({ name }) => sameLetters(name, 'Categories'))
        .map(({ value, pointer }) => ({
          count: value.split(';').filter((one) => one.trim() !== '').length,
          pointer,
        }))
        .filter(({ count }) => count > MAX_CATEGORIES)
        .map(({ count, pointer }) => ({
          pointer,
          message: `There are ${count} categories; at most two are allowed.`,
        })),
  },
  {
    id: 'CERT-HOST',
    severity: 'error',
    title: 'The document names the host of the service.',
    aliases: ['HostNameNotValid'],
    check: (context) =>
      listServers(context).some(({ url }) => /^https?:\/\/[^/]|^\{/i.test(url)) || hasHostPolicy(context)
        ? []
        : [{ pointer: '/servers', message: 'The document names no host.' }],
  },
  {
    id: 'CERT-HOST-PROD',
    severity: 'warning',
    title: 'The host is the one customers use, not one of developers or testers.',
    check: (context) =>
      listServers(context)
        .filter(({ url }) => NOT_PRODUCTION.test(url.replace(/^[a-z]+:\/\//i, '').split('/')[0] ?? ''))
        .map(({ url, pointer }) => ({
          pointer,
          message: `'${url}' looks like a server of developers or testers.`,
        })),
  },
  {
    id: 'CERT-HTTPS',
    severity: 'warning',
    title: 'The service is called with encryption only.',
    check: (context) =>
      listServers(context)
        .filter(({ url }) => /^http:\/\//i.test(url))
        .map(({ url, pointer }) => ({ pointer, message: `'${url}' is called without encryption.` })),
  },
  {
    id: 'CERT-SIZE',
    severity: 'warning',
    title: 'The document is at most one megabyte large.',
    check: ({ document }) => {
      const bytes = new TextEncoder().encode(stringifyJson(document)).length;
      const size = (bytes / MAX_BYTES).toFixed(1);
      return bytes <= MAX_BYTES
        ? []
        : [{ pointer: '', message: `The document has ${size} MB; at most one is allowed.` }];
    },
  },
];
