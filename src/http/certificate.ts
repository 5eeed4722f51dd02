import type { Socket } from 'node:net';
import type { PeerCertificate, TLSSocket } from 'node:tls';

/** What a service showed of itself when a secure connection was tried. */
export interface CertificateFacts {
  /** Whom it is for, as it calls itself. */
  readonly subject: string;
  /** Who vouches for it. */
  readonly issuer: string;
  readonly selfSigned: boolean;
  /** ISO 8601. */
  readonly validFrom: string;
  readonly validTo: string;
  /** The host names and addresses it is for. */
  readonly names: readonly string[];
}

/** More names than these tell nobody more. */
const MOST_NAMES = 20;

const refused = new WeakMap<object, CertificateFacts>();

/**
 * Keeps what the other end of a connection shows. It is read before it is judged: a socket whose certificate is refused is
 * closed at once, and says nothing more.
 */
export function watchCertificate(socket: Socket): { readonly facts: CertificateFacts | undefined } {
  const watched: { facts: CertificateFacts | undefined } = { facts: undefined };
  socket.prependOnceListener('secure', () => {
    const shown = (socket as TLSSocket).getPeerCertificate();
    if (shown !== null && typeof shown.valid_to === 'string') watched.facts = readFacts(shown);
  });
  return watched;
}

/** Keeps beside an error what was shown before it. */
export function noteCertificate(error: object, facts: CertificateFacts): void {
  refused.set(error, facts);
}

/** What was shown before an error, or before the one it comes from. */
export function findCertificate(error: unknown): CertificateFacts | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { cause } = error as { cause?: unknown };
  return refused.get(error) ?? (cause === error ? undefined : findCertificate(cause));
}

function readFacts(shown: PeerCertificate): CertificateFacts {
  const { subject, issuer, subjectaltname, valid_from, valid_to } = shown;
  return {
    subject: readName(subject),
    issuer: readName(issuer),
    selfSigned: readName(subject) === readName(issuer),
    validFrom: toInstant(valid_from),
    validTo: toInstant(valid_to),
    names: readNames(subjectaltname),
  };
}

function readName(name: PeerCertificate['subject'] | undefined): string {
  const parts = [name?.CN, name?.O, name?.OU].flat();
  return parts.find((part) => part !== undefined && part !== '') ?? 'nobody in particular';
}

function toInstant(text: string): string {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? text : at.toISOString();
}

/** `DNS:example.com, IP Address:127.0.0.1` */
function readNames(text: string | undefined): string[] {
  const names = [...(text ?? '').matchAll(/(?:DNS|IP Address):(?:"([^"]*)"|([^,\s]+))/g)];
  return names.slice(0, MOST_NAMES).map(([, quoted, plain]) => quoted ?? plain ?? '');
}
