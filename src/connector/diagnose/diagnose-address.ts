import { SERVER_URL } from '../compile/server-parameters.ts';
import { readServer } from '../edit/server-url.ts';
import { isHtml, quoteAnswer, readHeader, readHost, readSentUrl, readTitle, readWords } from './evidence.ts';
import type { AnswerEvidence, CallEvidence, Cause } from './types.ts';

/** Why nothing is at the address (404). */
export function diagnoseNotFound(evidence: CallEvidence, answer: AnswerEvidence): Cause[] {
  const causes = [
    ...diagnosePathParameters(evidence),
    ...diagnoseRepeatedSegment(evidence),
    ...diagnoseSlash(evidence),
    ...diagnoseOtherServer(evidence),
    ...diagnoseWebSite(evidence, answer),
    ...diagnoseVersion(evidence, answer),
  ];
  const json = !isHtml(answer) && readWords(answer.body) !== '';
  const host = readHost(evidence);
  const hasInput = evidence.operation.parameters.some((one) => one.in === 'path');
  causes.push({
    id: 'no-such-record',
    certainty: json && hasInput && causes.length === 0 ? 'likely' : 'possible',
    title: hasInput ? 'There is no record with this id.' : 'The service has nothing at this address.',
    evidence: `${host} answered 404 to ${evidence.operation.method} ${readSentUrl(evidence)?.pathname ?? evidence.operation.path}.${quoteAnswer(answer)}`,
    advice: hasInput
      ? 'Check the ids among the inputs: they must belong to the same account as the connection.'
      : 'Compare base URL and path with the documentation of the service.',
  });
  return causes;
}

function diagnosePathParameters({ operation, inputs }: CallEvidence): Cause[] {
  return operation.parameters
    .filter((parameter) => parameter.in === 'path')
    .flatMap((parameter): Cause[] => {
      const value = inputs[parameter.name] ?? parameter.default;
      const text = value === undefined || value === null ? '' : String(value);
      const fix = { kind: 'input', label: `Change ${parameter.summary}`, parameter: parameter.name } as const;
      const base = { certainty: 'likely', fix } as const;
      if (text.trim() === '')
        return [
          {
            ...base,
            id: 'path-parameter-empty',
            title: `${parameter.summary} is empty.`,
            evidence: `The path ${operation.path} has nothing where {${parameter.name}} stands.`,
            advice: 'Enter a value for it.',
          },
        ];
      if (/^\{.*\}$|^:/.test(text))
        return [
          {
            ...base,
            id: 'path-parameter-placeholder',
            title: `${parameter.summary} is still a placeholder.`,
            evidence: `Its value is ${text.slice(0, 60)}.`,
            advice: 'Enter the id of a record.',
          },
        ];
      if (/%[0-9a-f]{2}/i.test(text))
        return [
          {
            ...base,
            id: 'path-parameter-encoded',
            title: `${parameter.summary} is percent-encoded twice.`,
            evidence: `Its value ${text.slice(0, 60)} is encoded already, and was encoded again.`,
            advice: 'Enter it as people read it.',
          },
        ];
      if (/\//.test(text) && parameter.encoding === 'single')
        return [
          {
            ...base,
            certainty: 'possible',
            id: 'path-parameter-slash',
            title: `${parameter.summary} holds a slash.`,
            evidence: 'It was sent as %2F, which some services do not take apart.',
            advice: 'Enter the id alone, without the path before it.',
          },
        ];
      return [];
    });
}

/** `https://host/v1` and `/v1/tracking`: the same segment at the end of the one and at the beginning of the other. */
function diagnoseRepeatedSegment(evidence: CallEvidence): Cause[] {
  const { connector, operation } = evidence;
  const base = splitPath(URL.parse(connector.baseUrl)?.pathname ?? '');
  const path = splitPath(operation.path);
  const last = base.at(-1);
  if (last === undefined) return [];
  const twiceInBase = base.at(-2) === last;
  if (!twiceInBase && path[0] !== last) return [];
  const server = readServer(connector.definition);
  const url = server && `${server.scheme}://${server.host}/${base.slice(0, -1).join('/')}`.replace(/\/$/, '');
  return [
    {
      id: 'base-path-twice',
      certainty: 'likely',
      title: `The path goes through “${last}” twice.`,
      evidence: twiceInBase
        ? `The base URL ${connector.baseUrl} ends in the same segment twice, and the answer is 404.`
        : `The base URL ${connector.baseUrl} ends in “${last}”, and the path ${operation.path} begins with it.`,
      advice: `Take “${last}” out of the base URL.`,
      ...(url === undefined
        ? {}
        : {
            fix: {
              kind: 'definition',
              label: `Set the base URL to ${url}`,
              edit: { edit: 'set-server', url },
            } as const,
          }),
    },
  ];
}

const VERSION = /^v\d+(?:\.\d+)*$/i;

/** Nearly all APIs have their version in the path; the answer or the document may name one that the address lacks. */
function diagnoseVersion(evidence: CallEvidence, answer: AnswerEvidence): Cause[] {
  const { connector, operation } = evidence;
  const base = splitPath(URL.parse(connector.baseUrl)?.pathname ?? '');
  const path = splitPath(operation.path);
  if ([...base, ...path].some((segment) => VERSION.test(segment))) return [];
  const named = /\/(v\d+(?:\.\d+)*)\//i.exec(`${readWords(answer.body)} ${connector.description} `)?.[1];
  const major = /^v?(\d+)/.exec(connector.version)?.[1];
  const guess = named ?? (major === undefined || major === '0' ? 'v1' : `v${major}`);
  const url = `${connector.baseUrl}/${guess}`;
  return [
    {
      id: 'version-missing',
      certainty: named === undefined ? 'possible' : 'likely',
      title: 'The version of the API may be missing from the address.',
      evidence:
        named === undefined
          ? `Neither the base URL ${connector.baseUrl} nor the path ${operation.path} names a version.`
          : `The service speaks of /${named}/, and neither the base URL nor the path has it.`,
      advice: 'Look in the documentation whether addresses begin with something like /v1.',
      fix: { kind: 'definition', label: `Set the base URL to ${url}`, edit: { edit: 'set-server', url } },
    },
  ];
}

function diagnoseSlash(evidence: CallEvidence): Cause[] {
  const { operation } = evidence;
  if (operation.path.length < 2 || !operation.path.endsWith('/')) return diagnoseMissingSlash(evidence);
  const to = operation.path.replace(/\/+$/, '');
  return [
    {
      id: 'trailing-slash',
      certainty: 'possible',
      title: 'The path ends in a slash.',
      evidence: `Many services answer 404 to ${operation.path} and know ${to}.`,
      advice: 'Try the path without it.',
      fix: {
        kind: 'definition',
        label: `Set the path to ${to}`,
        edit: { edit: 'set-path', from: operation.path, to },
      },
    },
  ];
}

/** Services written with some frameworks want every path to end in a slash: then nearly all of their operations have it. */
function diagnoseMissingSlash({ connector, operation }: CallEvidence): Cause[] {
  const { path } = operation;
  const others = connector.operations.filter((one) => one.path !== path);
  const ending = others.filter((one) => one.path.endsWith('/')).length;
  if (ending === 0 || ending * 2 <= others.length) return [];
  return [
    {
      id: 'slash-missing',
      certainty: 'likely',
      title: 'The path lacks the slash at its end.',
      evidence: `${ending} of the ${others.length} other operations have paths that end in a slash; ${path} does not.`,
      advice: 'Try the path with it.',
      fix: {
        kind: 'definition',
        label: `Set the path to ${path}/`,
        edit: { edit: 'set-path', from: path, to: `${path}/` },
      },
    },
  ];
}

/** The document may name several addresses, of which the connection has chosen one: another has another base path. */
function diagnoseOtherServer(evidence: CallEvidence): Cause[] {
  const { connector, method } = evidence;
  const sent = readSentUrl(evidence);
  const choice = method.parameters.find(({ name }) => name === SERVER_URL);
  const others = (choice?.allowedValues ?? []).flatMap(({ value }) => {
    const url = URL.parse(String(value), connector.baseUrl);
    if (url === null || url.host !== sent?.host) return [];
    return sent.pathname.startsWith(`${trim(url.pathname)}${connectorPath(evidence)}`) ? [] : [url];
  });
  const [other] = others;
  if (other === undefined) return [];
  return [
    {
      id: 'other-base-path',
      certainty: 'likely',
      title: 'The base path may be another one.',
      evidence: `The call went to ${sent?.origin}${sent?.pathname}, and the document also names ${other.origin}${trim(other.pathname)}.`,
      advice: 'Choose the other server in the connection.',
      fix: { kind: 'connection', label: 'Choose another server', parameter: SERVER_URL },
    },
  ];
}

/** The part of the operation's path before its first parameter. */
function connectorPath({ operation }: CallEvidence): string {
  return operation.path.split('{', 1)[0] ?? '';
}

function trim(path: string): string {
  return path.replace(/\/+$/, '');
}

function diagnoseWebSite(evidence: CallEvidence, answer: AnswerEvidence): Cause[] {
  if (!isHtml(answer)) return [];
  const title = readTitle(answer);
  return [
    {
      id: 'web-site-answers',
      certainty: 'possible',
      title: 'A web site may have answered, not the API.',
      evidence: `${readHost(evidence)} answered 404 with a web page${title === '' ? '' : ` titled “${title}”`}.`,
      advice:
        'The base URL probably lacks the path of the API: look in the documentation for something like /api or a host such as api.…',
    },
  ];
}

function splitPath(path: string): string[] {
  return path.split('/').filter(Boolean);
}

/** The method is not offered here (405). */
export function diagnoseMethod(evidence: CallEvidence, answer: AnswerEvidence): Cause[] {
  const { operation } = evidence;
  const allowed = readHeader(answer.headers, 'allow')
    .split(',')
    .map((one) => one.trim().toUpperCase())
    .filter((one) => one !== '' && one !== 'OPTIONS' && one !== 'HEAD');
  const [only] = allowed.length === 1 ? allowed : [];
  return [
    {
      id: 'method-not-allowed',
      certainty: allowed.length > 0 ? 'certain' : 'likely',
      title: `${operation.path} does not take ${operation.method}.`,
      evidence:
        allowed.length > 0
          ? `The answer's Allow header names ${allowed.join(', ')}.`
          : 'The answer is 405, without an Allow header.',
      advice: 'Change the method of the operation, or check its path.',
      ...(only === undefined
        ? {}
        : {
            fix: {
              kind: 'definition',
              label: `Change the method to ${only}`,
              edit: { edit: 'set-method', path: operation.path, from: operation.method, to: only },
            } as const,
          }),
    },
  ];
}

/** A redirect that was not followed, or one that led away from the API. */
export function diagnoseRedirect(evidence: CallEvidence, answer: AnswerEvidence | undefined): Cause[] {
  const hops = evidence.exchange?.hops ?? [];
  const last = hops.at(-1);
  const html = answer !== undefined && isHtml(answer);
  if (last !== undefined && html && answer.statusCode < 400) return [describeLogin(last.to, answer)];
  const upgraded = hops.find(({ from, to }) => from.startsWith('http:') && to.startsWith('https:'));
  if (upgraded !== undefined) return [describeUpgrade(upgraded.from, evidence)];
  const location =
    answer !== undefined && answer.statusCode >= 300 && answer.statusCode < 400
      ? readHeader(answer.headers, 'location')
      : '';
  if (location !== '') {
    return [
      {
        id: 'redirect',
        certainty: 'certain',
        title: 'The service is at another address.',
        evidence: `It answered ${answer?.statusCode} and names ${location.split('?')[0]}.`,
        advice: 'Set the base URL of the connector to the address it names.',
      },
    ];
  }
  const moved = hops.find(({ from, to }) => URL.parse(from)?.host !== URL.parse(to)?.host);
  if (moved === undefined || (answer?.statusCode ?? 0) < 400) return [];
  return [
    {
      id: 'credentials-left-behind',
      certainty: 'likely',
      title: 'The credentials stayed behind at a redirect.',
      evidence: `${URL.parse(moved.from)?.host} sent the call on to ${URL.parse(moved.to)?.host}; credentials never go to another host.`,
      advice: 'Set the base URL of the connector to where the service really is.',
      ...fixOrigin(evidence, moved.to),
    },
  ];
}

function describeLogin(to: string, answer: AnswerEvidence): Cause {
  const title = readTitle(answer);
  return {
    id: 'login-page',
    certainty: 'certain',
    title: 'The call ended at a web page to sign in at, not at the API.',
    evidence: `It was redirected to ${to}, which answered ${answer.statusCode} with a web page${title === '' ? '' : ` titled “${title}”`}.`,
    advice:
      'The service did not accept the credentials, or the base URL leads to its web site instead of its API.',
    fix: { kind: 'connection', label: 'Change the credentials' },
  };
}

function describeUpgrade(from: string, evidence: CallEvidence): Cause {
  const { host } = URL.parse(from) ?? { host: '' };
  return {
    id: 'http-to-https',
    certainty: 'likely',
    title: 'The service only works with https.',
    evidence: `${host} redirected the call from http to https; a body or credentials may be lost on the way, and go over the network readable.`,
    advice: 'Set the scheme of the base URL to https.',
    ...fixOrigin(evidence, from.replace(/^http:/, 'https:')),
  };
}

function fixOrigin({ connector }: CallEvidence, to: string) {
  const server = readServer(connector.definition);
  const origin = URL.parse(to)?.origin;
  if (server === undefined || origin === undefined) return {};
  const url = `${origin}${server.basePath === '/' ? '' : server.basePath}`;
  return {
    fix: {
      kind: 'definition',
      label: `Set the base URL to ${url}`,
      edit: { edit: 'set-server', url },
    } as const,
  };
}
