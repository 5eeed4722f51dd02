import { readServer } from '../edit/server-url.ts';
import { diagnoseCertificate } from './diagnose-certificate.ts';
import { readHost, readSentUrl } from './evidence.ts';
import type { CallEvidence, Cause, CauseFix, ExchangeFailure } from './types.ts';

/** Why no answer came: names, addresses, certificates, time. */
export function diagnoseFailure(evidence: CallEvidence, failure: ExchangeFailure): Cause[] {
  const diagnose = FAILURES[failure.code];
  return diagnose === undefined ? [describeOther(failure)] : diagnose(evidence, failure);
}

type Diagnose = (evidence: CallEvidence, failure: ExchangeFailure) => Cause[];

const FAILURES: Readonly<Record<string, Diagnose>> = {
  DNS_FAILURE: diagnoseName,
  TLS_FAILURE: diagnoseTls,
  TIMEOUT: diagnoseTimeout,
  CONNECTION_REFUSED: diagnoseRefused,
  UNREACHABLE: (evidence, failure) => [
    {
      id: 'unreachable',
      certainty: 'certain',
      title: `There is no way from this server to ${readHost(evidence)}.`,
      evidence: failure.message,
      advice:
        'Check the network of the server that Patchbay runs on; the service may only be reachable from another one.',
    },
  ],
  ADDRESS_NOT_ALLOWED: (evidence, failure) => [
    {
      id: 'address-not-allowed',
      certainty: 'certain',
      title: `${readHost(evidence)} is in a private network, where Patchbay calls nobody unasked.`,
      evidence: failure.message,
      advice: 'If it is meant to be called, an administrator can add it to the allowed hosts.',
      fix: { kind: 'allow-host', label: `Allow ${readAddress(evidence)}`, host: readAddress(evidence) },
    },
  ],
  CONNECTION_RESET: (evidence, failure) => [
    {
      id: 'connection-lost',
      certainty: 'likely',
      title: `${readHost(evidence)} closed the connection.`,
      evidence: failure.message,
      advice:
        'Try again. If it happens every time, the port may speak another protocol, or a firewall between here and there may cut the call.',
    },
    ...swapScheme(evidence, 'possible', failure.message),
  ],
  INVALID_RESPONSE: (evidence, failure) => [
    ...swapScheme(evidence, 'likely', failure.message),
    {
      id: 'not-http',
      certainty: 'possible',
      title: 'What answers there does not speak HTTP.',
      evidence: failure.message,
      advice: 'Check the port of the base URL.',
    },
  ],
  TOO_MANY_REDIRECTS: (_evidence, failure) => [
    {
      id: 'redirects-without-end',
      certainty: 'certain',
      title: 'The service sends the call in a circle.',
      evidence: failure.message,
      advice:
        'Set the base URL to the final address; services that need a cookie or a sign-in often do this.',
    },
  ],
  RESPONSE_TOO_LARGE: (_evidence, failure) => [
    {
      id: 'answer-too-large',
      certainty: 'certain',
      title: 'The answer is larger than Patchbay takes.',
      evidence: failure.message,
      advice: 'Ask for fewer items at a time: look for a parameter such as limit or page_size.',
    },
  ],
};

function diagnoseName(evidence: CallEvidence, { reason, message }: ExchangeFailure): Cause[] {
  const host = readSentUrl(evidence)?.hostname ?? readHost(evidence);
  const typo = /\.(?:con|cmo|ocm|comm|nett|ogr|oi)$/.test(host) || /^(?:ww|wwww)\.|\.\.|^https?$/.test(host);
  const isLocal = !host.includes('.') || /\.(?:local|internal|lan|corp|home)$/.test(host);
  if (reason === 'EAI_AGAIN') {
    return [
      {
        id: 'name-server-silent',
        certainty: 'likely',
        title: 'The name server did not answer.',
        evidence: message,
        advice:
          'Try again in a moment; if it goes on, check the network of the server that Patchbay runs on.',
      },
    ];
  }
  return [
    {
      id: 'host-unknown',
      certainty: 'certain',
      title: `There is no host named ${host}.`,
      evidence: message,
      advice: isLocal
        ? 'The name is one of a private network: the server that Patchbay runs on does not know it.'
        : typo
          ? 'It looks mistyped: correct the host of the base URL.'
          : 'Check the spelling of the host in the base URL.',
    },
  ];
}

function diagnoseTls(evidence: CallEvidence, failure: ExchangeFailure): Cause[] {
  const { reason = '', message } = failure;
  if (
    reason === 'ERR_SSL_WRONG_VERSION_NUMBER' ||
    reason === 'EPROTO' ||
    reason === 'ERR_SSL_PACKET_LENGTH_TOO_LONG'
  ) {
    return swapScheme(evidence, 'certain', message);
  }
  return diagnoseCertificate(evidence, failure);
}

/** https where http is spoken, or the reverse. */
function swapScheme(evidence: CallEvidence, certainty: Cause['certainty'], seen: string): Cause[] {
  const url = readSentUrl(evidence);
  if (url === undefined) return [];
  const secure = url.protocol === 'https:';
  const to = secure ? 'http' : 'https';
  const fix = fixScheme(evidence, to);
  return [
    {
      id: secure ? 'https-at-http-port' : 'http-at-https-port',
      certainty,
      title: secure
        ? `${url.host} does not speak https at this port.`
        : `${url.host} may want https at this port.`,
      evidence: seen,
      advice: secure
        ? 'Use http only where the network between here and there is safe; otherwise find the port for https.'
        : 'Set the scheme of the base URL to https.',
      ...(fix === undefined ? {} : { fix }),
    },
  ];
}

function fixScheme({ connector }: CallEvidence, scheme: 'http' | 'https'): CauseFix | undefined {
  const server = readServer(connector.definition);
  if (server === undefined || server.scheme === scheme) return undefined;
  const url = `${scheme}://${server.host}${server.basePath === '/' ? '' : server.basePath}`;
  return { kind: 'definition', label: `Set the base URL to ${url}`, edit: { edit: 'set-server', url } };
}

function diagnoseTimeout(evidence: CallEvidence, { phase, message }: ExchangeFailure): Cause[] {
  const host = readHost(evidence);
  if (phase === 'connect') {
    return [
      {
        id: 'no-connection-in-time',
        certainty: 'likely',
        title: `${host} does not take the connection.`,
        evidence: message,
        advice: 'Check host and port; a firewall may drop the packets instead of refusing them.',
      },
    ];
  }
  return [
    {
      id: phase === 'headers' ? 'slow-service' : 'slow-answer',
      certainty: 'likely',
      title:
        phase === 'headers'
          ? `${host} took the request and did not answer in time.`
          : `${host} began to answer and did not finish.`,
      evidence: message,
      advice:
        'Ask for less at a time. What the call should change may have been changed: look before you send it again.',
    },
  ];
}

function diagnoseRefused(evidence: CallEvidence, { message }: ExchangeFailure): Cause[] {
  const url = readSentUrl(evidence);
  const isHere = url !== undefined && /^(?:localhost|127\.|\[::1\])/.test(url.hostname);
  return [
    {
      id: 'nothing-listens',
      certainty: 'certain',
      title: `Nothing listens at ${readHost(evidence)}.`,
      evidence: message,
      advice: isHere
        ? 'The address means the server that Patchbay runs on, not your own computer. Start the service there, or use its address in the network.'
        : 'Check the port of the base URL, and that the service is running.',
    },
  ];
}

function describeOther({ message }: ExchangeFailure): Cause {
  return {
    id: 'no-answer',
    certainty: 'possible',
    title: 'The call brought no answer.',
    evidence: message,
    advice: 'Try again.',
  };
}

function readAddress(evidence: CallEvidence): string {
  const url = readSentUrl(evidence);
  if (url === undefined) return readHost(evidence);
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
}
