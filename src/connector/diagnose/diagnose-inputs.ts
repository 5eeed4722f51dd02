import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { bareMediaType } from '../compile/media-types.ts';
import { locateOperation } from './compare-answer.ts';
import { quoteAnswer, readHeader, readHost, readWords } from './evidence.ts';
import type { AnswerEvidence, CallEvidence, Cause } from './types.ts';

/** The service refused what was sent (400, 422): which field it means, as far as it says. */
export function diagnoseInputs(evidence: CallEvidence, answer: AnswerEvidence): Cause[] {
  const host = readHost(evidence);
  const said = quoteAnswer(answer);
  const words = readWords(answer.body);
  const causes = findFields(evidence, answer.body, words)
    .slice(0, 5)
    .map(
      (name): Cause => ({
        id: 'field-refused',
        certainty: 'likely',
        title:
          /required|missing|must be (?:given|provided|present)/i.test(words) &&
          !hasInput(evidence.inputs, name)
            ? `${name} is missing.`
            : `The service does not accept the value of ${name}.`,
        evidence: `${host} answered ${answer.statusCode} and names it.${said}`,
        advice: 'Correct it and run the test again.',
        fix: { kind: 'input', label: `Go to ${name}`, parameter: name },
      }),
    );
  if (
    causes.length === 0 &&
    /html/i.test(readHeader(answer.headers, 'content-type')) &&
    /ssl|https|plain http/i.test(words)
  ) {
    causes.push({
      id: 'http-at-https-port',
      certainty: 'certain',
      title: `${host} wants https at this port.`,
      evidence: `It answered 400.${said}`,
      advice: 'Set the scheme of the base URL to https.',
    });
  }
  if (/\b(?:api|access)[-_ ]?key|unauthori[sz]ed|credential/i.test(words) && causes.length === 0) {
    causes.push({
      id: 'wrong-credentials',
      certainty: 'possible',
      title: 'The service may mean the credentials.',
      evidence: `${host} answered ${answer.statusCode}.${said}`,
      advice: 'Check the key of the connection.',
      fix: { kind: 'connection', label: 'Change the key' },
    });
  }
  if (causes.length > 0) return causes;
  return [
    {
      id: 'inputs-refused',
      certainty: 'likely',
      title:
        answer.statusCode === 422
          ? 'The service understood the inputs and refused them.'
          : 'The service does not accept the inputs.',
      evidence: `${host} answered ${answer.statusCode}.${said}`,
      advice: 'Compare the inputs with the example in the documentation of the service.',
    },
  ];
}

function hasInput(inputs: JsonObject, name: string): boolean {
  const waiting: Json[] = [inputs];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (Array.isArray(next)) waiting.push(...next);
    else if (isJsonObject(next)) {
      if (Object.hasOwn(next, name)) return true;
      waiting.push(...Object.values(next));
    }
  }
  return false;
}

/** Names of inputs that the answer uses: under keys such as `field`, as keys of a list of errors, or in its words. */
function findFields(evidence: CallEvidence, body: Json, words: string): string[] {
  const known = listInputNames(evidence);
  const named = new Set<string>();
  const visit = (value: Json, depth: number) => {
    if (depth > 6) return;
    if (Array.isArray(value)) for (const item of value) visit(item, depth + 1);
    else if (isJsonObject(value)) {
      for (const [key, member] of Object.entries(value)) {
        if (typeof member === 'string' && FIELD_KEYS.test(key)) named.add(lastPart(member));
        else if (known.has(key.toLowerCase()) && (typeof member === 'string' || Array.isArray(member)))
          named.add(lastPart(key));
        else visit(member, depth + 1);
      }
    }
  };
  visit(body, 0);
  const exact = [...named].map((name) => known.get(name.toLowerCase())).filter((name) => name !== undefined);
  if (exact.length > 0) return [...new Set(exact)];
  const tokens = words.toLowerCase().match(/[a-z_][\w-]*/g) ?? [];
  return [...new Set(tokens)].flatMap((token) => {
    const name = known.get(token);
    // A short everyday word may be just that.
    return name !== undefined &&
      (token.length > 4 || words.includes(`'${name}'`) || words.includes(`"${name}"`))
      ? [name]
      : [];
  });
}

const FIELD_KEYS =
  /^(?:field(?:_?name)?|param(?:eter)?|property|pointer|path|loc|source|target|attribute|propertyname)$/i;

function lastPart(text: string): string {
  return (
    text
      .split(/[./[\]]/)
      .filter((part) => part !== '' && !/^\d+$/.test(part))
      .at(-1) ?? ''
  );
}

function listInputNames({ operation, connector }: CallEvidence): Map<string, string> {
  const names = new Map(operation.parameters.map(({ name }) => [name.toLowerCase(), name]));
  const fields = operation.body?.fields ?? [];
  for (const { name } of fields) names.set(name.toLowerCase(), name);
  const schema = operation.body && connector.bundle(operation.body.schema);
  const waiting: Json[] = schema === undefined ? [] : [schema];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (Array.isArray(next)) waiting.push(...next);
    else if (isJsonObject(next)) {
      const properties = next['properties'];
      if (isJsonObject(properties))
        for (const name of Object.keys(properties)) names.set(name.toLowerCase(), name);
      waiting.push(...Object.values(next));
    }
  }
  return names;
}

/** The kind of body that is sent or asked for (406, 415). */
export function diagnoseMediaType(evidence: CallEvidence, answer: AnswerEvidence): Cause[] {
  const { operation, exchange } = evidence;
  const host = readHost(evidence);
  const said = quoteAnswer(answer);
  if (answer.statusCode === 406) {
    const sent = readHeader(exchange?.request.headers, 'accept');
    return [
      {
        id: 'accept-refused',
        certainty: 'likely',
        title: 'The service has no answer of the kind that was asked for.',
        evidence: `The request's Accept was ${sent || 'not set'}, and ${host} answered 406.${said}`,
        advice: 'Set the content type of the response in the definition to one that the service has.',
      },
    ];
  }
  const sent = bareMediaType(readHeader(exchange?.request.headers, 'content-type'));
  const wanted =
    readHeader(answer.headers, 'accept-post') ||
    readHeader(answer.headers, 'accept') ||
    findMediaType(readWords(answer.body), sent);
  const to = wanted.split(/[,;]/, 1)[0]?.trim() ?? '';
  const from = operation.body?.mediaType;
  const fix = /^[\w.+-]+\/[\w.+-]+$/.test(to) && from !== undefined && to !== from;
  return [
    {
      id: 'body-type-refused',
      certainty: wanted === '' ? 'likely' : 'certain',
      title: sent === '' ? 'The request has no content type.' : `The service does not read ${sent}.`,
      evidence:
        wanted === ''
          ? `The body was sent as ${sent || 'nothing'}, and ${host} answered 415.${said}`
          : `The body was sent as ${sent}; the answer asks for ${wanted}.`,
      advice: 'Set the content type of the body in the definition to the one that the service wants.',
      ...(fix
        ? {
            fix: {
              kind: 'definition',
              label: `Send ${to}`,
              edit: { edit: 'set-body-type', pointer: locateOperation(operation), from, to },
            } as const,
          }
        : {}),
    },
  ];
}

function findMediaType(words: string, sent: string): string {
  const types = words.match(/\b(?:application|multipart|text)\/[\w.+-]+/gi) ?? [];
  return types.map((type) => type.toLowerCase().replace(/\.$/, '')).find((type) => type !== sent) ?? '';
}
