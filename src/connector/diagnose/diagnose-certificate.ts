import { readServer } from '../edit/server-url.ts';
import { readSentUrl } from './evidence.ts';
import type { CallEvidence, Cause, CauseFix, ExchangeCertificate, ExchangeFailure } from './types.ts';

type Words = readonly [id: string, title: string, advice: string];

const EXPIRED: Words = [
  'certificate-expired',
  'The certificate of the service has expired.',
  'The people who run the service must renew it.',
];

const OTHER_NAME: Words = [
  'certificate-other-name',
  'The certificate is for another host name.',
  'Call the service by a name that its certificate holds: change the host of the base URL.',
];

const TLS: Readonly<Record<string, Words>> = {
  CERT_HAS_EXPIRED: EXPIRED,
  CERT_NOT_YET_VALID: [
    'certificate-not-yet-valid',
    'The certificate of the service is not valid yet.',
    'Check the clock of the server that Patchbay runs on.',
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    'certificate-self-signed',
    'The service vouches for itself: its certificate is self-signed.',
    'Have it signed by an authority, or make the server that Patchbay runs on trust it (NODE_EXTRA_CA_CERTS).',
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: OTHER_NAME,
  CERT_REVOKED: [
    'certificate-revoked',
    'The certificate of the service was revoked.',
    'Do not call it; ask the people who run the service.',
  ],
};

const UNTRUSTED: Words = [
  'certificate-untrusted',
  'The certificate comes from an authority that is not trusted here.',
  'The service must send its whole chain, or the server that Patchbay runs on must trust the authority (NODE_EXTRA_CA_CERTS).',
];

const UNKNOWN: Words = [
  'tls',
  'No secure connection could be made.',
  'Ask the people who run the service which versions of TLS it speaks.',
];

/** Why the other end's certificate was not accepted, by what it shows of itself. */
export function diagnoseCertificate(evidence: CallEvidence, failure: ExchangeFailure): Cause[] {
  const { reason = '', message, certificate } = failure;
  const words = TLS[reason] ?? (/CERT|ISSUER|SIGNATURE/.test(reason) ? UNTRUSTED : UNKNOWN);
  const first = describe(words, certificate === undefined ? message : `${message} ${quote(certificate)}`);
  const host = readSentUrl(evidence)?.hostname;
  const fix = words === OTHER_NAME ? fixHost(evidence, certificate) : undefined;
  return [
    fix === undefined ? first : { ...first, fix },
    // Only one fault is told at a time: what would come after this one is told at once.
    ...(certificate === undefined ? [] : listFurther(certificate, evidence.nowMs, host)),
  ].filter(({ id }, index, all) => all.findIndex((other) => other.id === id) === index);
}

function describe([id, title, advice]: Words, seen: string): Cause {
  return { id, certainty: 'certain', title, evidence: seen, advice };
}

function listFurther(shown: ExchangeCertificate, nowMs: number, host: string | undefined): Cause[] {
  return [
    ...(Date.parse(shown.validTo) < nowMs
      ? [describe(EXPIRED, `It was valid until ${formatDay(shown.validTo)}.`)]
      : []),
    ...(host === undefined || shown.names.some((name) => isNameOf(name, host))
      ? []
      : [describe(OTHER_NAME, `It is for ${listNames(shown)}, and ${host} was called.`)]),
  ];
}

/** Who, from when until when, and for which names. */
function quote(shown: ExchangeCertificate): string {
  const { subject, issuer, selfSigned, validFrom, validTo } = shown;
  const maker = selfSigned ? 'signed by itself' : `signed by ${issuer}`;
  return `It showed a certificate of ${subject}, ${maker}, valid from ${formatDay(validFrom)} until ${formatDay(validTo)}, for ${listNames(shown)}.`;
}

function listNames({ names }: ExchangeCertificate): string {
  const shown = names.slice(0, 3).join(', ');
  if (names.length === 0) return 'no host name';
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

function formatDay(instant: string): string {
  return instant.slice(0, 10);
}

function isNameOf(name: string, host: string): boolean {
  const [wanted, called] = [name.toLowerCase(), host.toLowerCase().replaceAll(/^\[|\]$/g, '')];
  if (!wanted.startsWith('*.')) return wanted === called;
  return called.slice(called.indexOf('.')) === wanted.slice(1);
}

/** The one name that the certificate is for, in place of the host that was called. */
function fixHost(
  { connector }: CallEvidence,
  certificate: ExchangeCertificate | undefined,
): CauseFix | undefined {
  const names = certificate?.names.filter((name) => !name.startsWith('*.')) ?? [];
  const server = readServer(connector.definition);
  const [only] = names;
  if (server === undefined || only === undefined || names.length > 1) return undefined;
  const port = /:\d+$/.exec(server.host)?.[0] ?? '';
  const url = `${server.scheme}://${only.includes(':') ? `[${only}]` : only}${port}${server.basePath === '/' ? '' : server.basePath}`;
  return { kind: 'definition', label: `Set the base URL to ${url}`, edit: { edit: 'set-server', url } };
}
