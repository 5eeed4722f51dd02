import { isJsonObject, type JsonObject } from '../../base/index.ts';
import { findAsked } from '../request/choose-credentials.ts';
import { quoteAnswer, readHeader, readHost, readWords } from './evidence.ts';
import type {
  AnswerEvidence,
  CallEvidence,
  Cause,
  CauseFix,
  CredentialFact,
  CredentialFinding,
} from './types.ts';

/** Why a service does not accept the credentials (401, and 403 where it means the same). */
export function diagnoseUnauthorized(evidence: CallEvidence, answer: AnswerEvidence): Cause[] {
  const { credentials, method } = evidence;
  const host = readHost(evidence);
  const causes: Cause[] = [];
  if (credentials.length === 0 && method.kind !== 'custom')
    causes.push(
      method.credentials.length > 0
        ? describeLeftOut(evidence, answer)
        : describeNothingSent(evidence, answer),
    );
  if (findAsked(method, evidence.operation) === undefined) causes.push(describeOtherScheme(evidence));
  for (const fact of credentials) {
    causes.push(
      ...diagnoseExpiry(fact, evidence),
      ...diagnoseValue(fact),
      ...diagnoseScheme(fact, evidence, answer),
    );
  }
  const said = quoteAnswer(answer);
  if (credentials.length > 0 || method.kind === 'custom') {
    causes.push({
      id: 'wrong-credentials',
      certainty: causes.some(({ certainty }) => certainty !== 'possible') ? 'possible' : 'likely',
      title:
        method.kind === 'oauth2'
          ? 'The access token is not valid, or was revoked.'
          : `The ${nameOf(credentials[0])} is wrong, expired or revoked.`,
      evidence: `${host} got ${credentials.map(describeSent).join(' and ') || 'what the policies made of the connection'} and answered ${answer.statusCode}.${said}`,
      advice:
        method.kind === 'oauth2'
          ? 'Sign in again; if it stays so, check the scopes and the audience of the sign-in.'
          : 'Copy the value from the service once more, and mind which environment (test or live) it belongs to.',
      fix: changeCredentials(credentials[0]),
    });
  }
  return causes;
}

function describeNothingSent({ connector }: CallEvidence, answer: AnswerEvidence): Cause {
  const wanted = readHeader(answer.headers, 'www-authenticate');
  return {
    id: 'no-credentials',
    certainty: 'certain',
    title: 'The call went out without credentials.',
    evidence:
      wanted === ''
        ? `The connector uses no authentication, and the answer is ${answer.statusCode}.`
        : `The connector uses no authentication, and the answer's WWW-Authenticate asks for ${wanted.split(/[\s,]/, 1)[0]}.`,
    advice: `Choose how ${connector.title} authenticates on the Security step, then make a connection with it.`,
  };
}

/** The definition says that this operation is for everybody. */
function describeLeftOut({ operation }: CallEvidence, answer: AnswerEvidence): Cause {
  return {
    id: 'no-credentials',
    certainty: 'certain',
    title: 'The call went out without the credentials of the connection.',
    evidence: `The definition says that ${operation.operationId} needs none ("security": []), and the answer is ${answer.statusCode}.`,
    advice: `Take "security" out of ${operation.operationId} in the definition, so that it is called like the others.`,
  };
}

function describeOtherScheme({ operation, method }: CallEvidence): Cause {
  const asked = (operation.security ?? []).map((names) => names.join(' and ')).join(' or ');
  return {
    id: 'other-scheme',
    certainty: 'likely',
    title: 'The operation asks for another way to authenticate.',
    evidence: `The definition says that ${operation.operationId} needs ${asked}; the connection was made with ${method.title}.`,
    advice: 'Make a connection in that way and call the operation with it.',
  };
}

function diagnoseExpiry(fact: CredentialFact, { nowMs }: CallEvidence): Cause[] {
  const { expiresAt } = fact;
  if (expiresAt === undefined || Date.parse(expiresAt) > nowMs) return [];
  return [
    {
      id: 'token-expired',
      certainty: 'certain',
      title: 'The token has expired.',
      evidence: `It says itself that it ended at ${expiresAt.slice(0, 16).replace('T', ' ')} UTC.`,
      advice:
        fact.type === 'oauth2'
          ? 'Sign in again.'
          : 'Get a new token from the service and enter it in the connection.',
      fix: changeCredentials(fact),
    },
  ];
}

const FINDINGS: Readonly<Record<CredentialFinding, { title: string; evidence: string; advice: string }>> = {
  empty: {
    title: 'The connection has no {name}.',
    evidence: 'The value is empty, so nothing was sent.',
    advice: 'Enter it in the connection.',
  },
  'line-break': {
    title: 'The {name} holds a line break.',
    evidence: 'A value that was copied over two lines is not the one the service gave.',
    advice: 'Enter it again in one line.',
  },
  'space-around': {
    title: 'The {name} has blanks around it.',
    evidence: 'The stored value begins or ends with a blank or a line break.',
    advice: 'Enter it again without them.',
  },
  quotes: {
    title: 'The {name} was entered with its quotation marks.',
    evidence: 'The stored value begins and ends with a quotation mark.',
    advice: 'Enter it again without them.',
  },
  'scheme-inside': {
    title: 'The {name} was entered with “Bearer” or another scheme before it.',
    evidence: 'The stored value begins with the name of a scheme.',
    advice: 'Enter the value alone; the connector adds the scheme.',
  },
  'name-inside': {
    title: 'The {name} was entered with the name of its header.',
    evidence: 'The stored value begins with the name of the header and a colon.',
    advice: 'Enter what stands behind the colon.',
  },
  placeholder: {
    title: 'The {name} is a placeholder.',
    evidence: 'The stored value looks like the text of an example, not like a key.',
    advice: 'Replace it with the value that the service gave you.',
  },
};

function diagnoseValue(fact: CredentialFact): Cause[] {
  return fact.findings
    .filter((finding) => isSuspicious(finding, fact))
    .map((finding) => {
      const { title, evidence, advice } = FINDINGS[finding];
      return {
        id: `key-${finding}`,
        certainty:
          finding === 'quotes' || finding === 'placeholder' || finding === 'space-around'
            ? 'likely'
            : 'certain',
        title: title.replace('{name}', nameOf(fact)),
        evidence,
        advice,
        fix: changeCredentials(fact),
      };
    });
}

/** Blanks around a header's value do not go out; a scheme before an API key may be what the service wants. */
function isSuspicious(finding: CredentialFinding, { type, in: place, name }: CredentialFact): boolean {
  if (finding === 'space-around') return type === 'basic' || place !== 'header';
  if (finding === 'scheme-inside') return type !== 'apiKey' || name.toLowerCase() !== 'authorization';
  return true;
}

/** The kind of credentials that was sent against the kind that is asked for. */
function diagnoseScheme(fact: CredentialFact, evidence: CallEvidence, answer: AnswerEvidence): Cause[] {
  const challenges = readHeader(answer.headers, 'www-authenticate');
  const wants = (scheme: string) => new RegExp(`(?:^|,\\s*)${scheme}\\b`, 'i').test(challenges);
  const words = readWords(answer.body);
  const sendsBearer = fact.type === 'bearer' || fact.type === 'oauth2';
  if (fact.type === 'apiKey' && fact.findings.includes('scheme-inside')) return [];
  if (wants('bearer') && !sendsBearer && !(fact.type === 'basic' && wants('basic'))) {
    return [propose('bearer', fact, evidence, `the answer's WWW-Authenticate asks for Bearer`, 'certain')];
  }
  if (wants('basic') && fact.type !== 'basic') {
    return [propose('basic', fact, evidence, `the answer's WWW-Authenticate asks for Basic`, 'certain')];
  }
  const other = fact.type === 'apiKey' ? findNamedHeader(words, fact.name) : undefined;
  if (other !== undefined) {
    return [
      {
        id: 'key-in-another-place',
        certainty: 'likely',
        title: `The service looks for the key in ${other}.`,
        evidence: `The key was sent as ${fact.name}.${quoteAnswer(answer)}`,
        advice: `Change the name of the key to ${other} on the Security step.`,
      },
    ];
  }
  if (fact.type === 'apiKey' && /\bbearer\b/i.test(words)) {
    return [propose('bearer', fact, evidence, 'the answer speaks of a Bearer token', 'likely')];
  }
  return [];
}

function propose(
  scheme: 'bearer' | 'basic',
  fact: CredentialFact,
  evidence: CallEvidence,
  seen: string,
  certainty: Cause['certainty'],
): Cause {
  const title = scheme === 'bearer' ? 'Bearer' : 'Basic';
  const other = findAcceptedBeside(scheme, fact, evidence);
  if (other !== undefined) return suggestOther(title, other, fact, seen);
  const name = findScheme(evidence, fact);
  const fix: CauseFix | undefined =
    name === undefined
      ? undefined
      : {
          kind: 'definition',
          label: `Use ${title} authentication`,
          edit: { edit: scheme === 'bearer' ? 'use-bearer' : 'use-basic', scheme: name },
        };
  return {
    id: `key-wants-${scheme}`,
    certainty,
    title: `The service wants ${title} authentication.`,
    evidence: `${capitalize(describeSent(fact))} was sent, and ${seen}.`,
    advice: `Change the authentication of the connector to ${title}, then enter the credentials of the connection again.`,
    ...(fix === undefined ? {} : { fix }),
  };
}

/** The document takes what was sent and what is asked for: a service that takes both names only one when it refuses. */
function suggestOther(scheme: string, way: string, fact: CredentialFact, seen: string): Cause {
  return {
    id: 'other-way',
    certainty: 'possible',
    title: `The service may want ${scheme} authentication here.`,
    evidence: `${capitalize(describeSent(fact))} was sent, which the definition allows, and ${seen}.`,
    advice: `If the value is right, make a connection with the other way to connect, ${way}.`,
  };
}

/** Another way to connect of the definition, which sends what is asked for, beside the one that was used. */
function findAcceptedBeside(
  wanted: 'bearer' | 'basic',
  fact: CredentialFact,
  { connector }: CallEvidence,
): string | undefined {
  const schemes = listSchemes(connector);
  if (!schemes.some(([, scheme]) => sends(scheme, fact))) return undefined;
  const other = schemes.find(
    ([, scheme]) => scheme['type'] === 'http' && String(scheme['scheme']).toLowerCase() === wanted,
  );
  return other?.[0];
}

/** The security scheme that sends this credential, when the document has one and no other description of parameters. */
function findScheme({ connector }: CallEvidence, fact: CredentialFact): string | undefined {
  const { properties } = connector.definition;
  if ('connectionParameters' in properties || 'connectionParameterSets' in properties) return undefined;
  return listSchemes(connector).find(([, scheme]) => sends(scheme, fact))?.[0];
}

function listSchemes({ definition }: CallEvidence['connector']): [string, JsonObject][] {
  const components = definition.openapi['components'];
  const schemes = isJsonObject(components) ? components['securitySchemes'] : undefined;
  return Object.entries(isJsonObject(schemes) ? schemes : {}).flatMap(([name, scheme]) =>
    isJsonObject(scheme) ? [[name, scheme] as [string, JsonObject]] : [],
  );
}

function sends(scheme: JsonObject, { type, name }: CredentialFact): boolean {
  if (type === 'apiKey') return scheme['type'] === 'apiKey' && scheme['name'] === name;
  return scheme['type'] === 'http' && String(scheme['scheme']).toLowerCase() === type;
}

/** `missing header X-Api-Key`: a name of the kind that keys are sent under, other than the one that was used. */
function findNamedHeader(words: string, used: string): string | undefined {
  const names = words.match(
    /\b(?:x-[a-z-]*(?:key|token|auth)[a-z-]*|api[-_]key|apikey|subscription-key|ocp-apim-subscription-key)\b/gi,
  );
  const known = used.toLowerCase();
  return names?.find((name) => name.toLowerCase() !== known && /[-_]/.test(name));
}

/** What the account may not do (403). */
export function diagnoseForbidden(evidence: CallEvidence, answer: AnswerEvidence): Cause[] {
  const words = readWords(answer.body);
  const challenge = readHeader(answer.headers, 'www-authenticate');
  const host = readHost(evidence);
  const said = quoteAnswer(answer);
  const causes: Cause[] = [];
  const scope =
    /scope="?([^",]+)"?/i.exec(challenge)?.[1] ?? /\bscopes?\b[^\w]+([\w:./-]{3,})/i.exec(words)?.[1];
  if (/insufficient[_ ]scope|\bscopes?\b/i.test(`${challenge} ${words}`)) {
    causes.push({
      id: 'missing-scope',
      certainty: 'likely',
      title:
        scope === undefined
          ? 'The sign-in lacks a permission (scope).'
          : `The sign-in lacks the permission (scope) ${scope}.`,
      evidence:
        challenge === ''
          ? `${host} answered 403.${said}`
          : `WWW-Authenticate says ${challenge.slice(0, 200)}.`,
      advice: 'Add the scope on the Security step, and sign in again.',
      fix: { kind: 'sign-in', label: 'Sign in again' },
    });
  }
  if (/\bip\b|whitelist|allow-?list|your address|not allowed from/i.test(words)) {
    causes.push({
      id: 'address-not-admitted',
      certainty: 'likely',
      title: 'The service does not admit the address of this server.',
      evidence: `${host} answered 403.${said}`,
      advice:
        'Calls leave from the server on which Patchbay runs: enter its public address in the settings of the service.',
    });
  }
  if (
    /cloudflare|captcha|access denied|bot|akamai/i.test(`${readHeader(answer.headers, 'server')} ${words}`)
  ) {
    causes.push({
      id: 'blocked-by-firewall',
      certainty: 'possible',
      title: 'A firewall before the service turned the call away.',
      evidence: `The answer comes from ${readHeader(answer.headers, 'server') || 'a page that speaks of denied access'}.`,
      advice: 'Ask the people who run the service to admit programs; a User-Agent header sometimes helps.',
    });
  }
  causes.push({
    id: 'not-permitted',
    certainty: causes.length === 0 ? 'likely' : 'possible',
    title: 'The account may not do this.',
    evidence: `${host} knows the credentials and answered 403.${said}`,
    advice: 'Use a connection of an account that may, or ask for the permission.',
    fix: changeCredentials(evidence.credentials[0]),
  });
  return causes;
}

function changeCredentials(fact: CredentialFact | undefined): CauseFix {
  if (fact?.type === 'oauth2') return { kind: 'sign-in', label: 'Sign in again' };
  const label = `Change the ${nameOf(fact)}`;
  return { kind: 'connection', label, ...(fact === undefined ? {} : { parameter: fact.parameter }) };
}

const NAMES = {
  apiKey: 'key',
  basic: 'user name or password',
  bearer: 'token',
  oauth2: 'access token',
} as const;

function nameOf(fact: CredentialFact | undefined): string {
  return fact === undefined ? 'credentials' : NAMES[fact.type];
}

function describeSent(fact: CredentialFact): string {
  const places = { header: 'header', query: 'query parameter', cookie: 'cookie' } as const;
  if (fact.type === 'apiKey') return `the key in the ${places[fact.in]} ${fact.name}`;
  return fact.type === 'basic' ? 'a user name with password (Basic)' : 'a Bearer token';
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
