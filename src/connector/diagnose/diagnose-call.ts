import { diagnoseMethod, diagnoseNotFound, diagnoseRedirect } from './diagnose-address.ts';
import { diagnoseForbidden, diagnoseUnauthorized } from './diagnose-authentication.ts';
import { diagnoseInputs, diagnoseMediaType } from './diagnose-inputs.ts';
import { diagnoseFailure } from './diagnose-transport.ts';
import { isHtml, quoteAnswer, readHeader, readHost, readTitle, readWords } from './evidence.ts';
import type { AnswerEvidence, CallEvidence, Cause, Certainty } from './types.ts';

const ORDER: readonly Certainty[] = ['certain', 'likely', 'possible'];

/** Why a call did not bring what it should, the likeliest cause first. None for a call that went well. */
export function diagnoseCall(evidence: CallEvidence): Cause[] {
  const causes = [...listCauses(evidence), ...diagnoseCors(evidence)];
  return causes.sort((a, b) => ORDER.indexOf(a.certainty) - ORDER.indexOf(b.certainty));
}

function listCauses(evidence: CallEvidence): Cause[] {
  const { answer, exchange, error } = evidence;
  if (answer === undefined) {
    return exchange?.failure === undefined
      ? diagnoseUnsent(evidence)
      : diagnoseFailure(evidence, exchange.failure);
  }
  const redirected = diagnoseRedirect(evidence, answer);
  const { statusCode } = answer;
  if (statusCode < 400 && statusCode >= 300 && statusCode !== 304) return redirected;
  if (statusCode >= 400) return [...redirected, ...diagnoseStatus(evidence, answer)];
  if (redirected.some(({ id }) => id === 'login-page')) return redirected;
  if (error !== undefined || isHtml(answer)) return [...redirected, ...diagnoseUnreadable(evidence, answer)];
  return diagnoseErrorInBody(evidence, answer);
}

/** The call ended before a request left: credentials or inputs that cannot be written, or nobody signed in. */
function diagnoseUnsent({ error, credentials, inputs }: CallEvidence): Cause[] {
  if (error === undefined) return [];
  const { code, message } = error;
  const broken = credentials.find(({ findings }) => findings.includes('line-break'));
  if (code === 'InvalidInputs' && broken !== undefined && /line break|control character/.test(message)) {
    return [
      {
        id: 'key-line-break',
        certainty: 'certain',
        title: 'The key of the connection holds a line break.',
        evidence: message,
        advice: 'Enter it again in one line.',
        fix: { kind: 'connection', label: 'Change the key', parameter: broken.parameter },
      },
    ];
  }
  const name = Object.keys(inputs).find((one) => message.includes(`'${one}'`));
  const base = { certainty: 'certain', title: message, evidence: 'Nothing was sent.' } as const;
  if (code === 'InvalidInputs')
    return [
      {
        ...base,
        id: 'inputs-incomplete',
        advice: 'Correct the inputs that are named.',
        ...(name === undefined
          ? {}
          : { fix: { kind: 'input', label: `Go to ${name}`, parameter: name } as const }),
      },
    ];
  if (code === 'NeedsSignIn' || code === 'OAuthNotSetUp' || code === 'OAuthFailed')
    return [
      {
        ...base,
        id: 'sign-in-needed',
        advice: 'Sign in to the connection.',
        fix: { kind: 'sign-in', label: 'Sign in' },
      },
    ];
  if (code === 'NeedsConfirmation')
    return [
      {
        ...base,
        id: 'host-unconfirmed',
        advice: 'If the host belongs to the service, confirm it on the page of the connection.',
        fix: { kind: 'connection', label: 'Open the connection' },
      },
    ];
  if (code === 'TooManyRequests')
    return [
      {
        ...base,
        id: 'waiting-for-service',
        title: 'The service has asked to wait, and the time is not over.',
        evidence: `${message} Nothing was sent.`,
        advice: 'Wait, then run the test again.',
      },
    ];
  if (code === 'ConnectionBroken')
    return [
      {
        ...base,
        id: 'connection-incomplete',
        advice: 'Enter the values of the connection again.',
        fix: { kind: 'connection', label: 'Open the connection' },
      },
    ];
  return [{ ...base, id: 'not-sent', advice: 'Mend what is named, and run the test again.' }];
}

function diagnoseStatus(evidence: CallEvidence, answer: AnswerEvidence): Cause[] {
  const { statusCode } = answer;
  const diagnose = STATUSES[statusCode];
  if (diagnose !== undefined) return diagnose(evidence, answer);
  return statusCode >= 500 ? diagnoseServer(evidence, answer) : diagnoseInputs(evidence, answer);
}

type Diagnose = (evidence: CallEvidence, answer: AnswerEvidence) => Cause[];

const STATUSES: Readonly<Record<number, Diagnose>> = {
  400: diagnoseInputs,
  401: diagnoseUnauthorized,
  403: diagnoseForbidden,
  404: diagnoseNotFound,
  405: diagnoseMethod,
  406: diagnoseMediaType,
  408: (evidence) => [
    {
      id: 'service-gave-up',
      certainty: 'likely',
      title: 'The service did not get the whole request in time.',
      evidence: `${readHost(evidence)} answered 408.`,
      advice: 'Try again; send less at a time.',
    },
  ],
  409: (evidence, answer) => [
    {
      id: 'conflict',
      certainty: 'likely',
      title: 'The record is in a state that does not allow this, or is there already.',
      evidence: `${readHost(evidence)} answered 409.${quoteAnswer(answer)}`,
      advice: 'Read the record first; use another name or id if it exists.',
    },
  ],
  415: diagnoseMediaType,
  422: diagnoseInputs,
  429: diagnoseLimit,
};

function diagnoseLimit(evidence: CallEvidence, { headers, body }: AnswerEvidence): Cause[] {
  const after = readHeader(headers, 'retry-after');
  const name = Object.keys(headers).find((one) => /rate-?limit-limit$/.test(one));
  const limit = name === undefined ? '' : ` ${name} is ${String(headers[name])}.`;
  const wait =
    after === ''
      ? 'does not say how long to wait'
      : /^\d+$/.test(after)
        ? `asks to wait ${after} s`
        : `asks to wait until ${after}`;
  const daily = /\b(?:day|daily|month|quota|plan)\b/i.test(readWords(body));
  return [
    {
      id: daily ? 'quota-used-up' : 'too-many-calls',
      certainty: 'certain',
      title: daily ? 'The quota of the account is used up.' : 'The service was called too often.',
      evidence: `${readHost(evidence)} answered 429 and ${wait}.${limit}${quoteAnswer({ statusCode: 429, headers, body })}`,
      advice: daily
        ? 'Wait until it begins anew, or choose a larger plan.'
        : 'Wait and try again. State the limit in the connector (x-patchbay-rate-limit), and flows keep to it.',
    },
  ];
}

function diagnoseServer(evidence: CallEvidence, answer: AnswerEvidence): Cause[] {
  const { statusCode } = answer;
  const host = readHost(evidence);
  const proxy = statusCode === 502 || statusCode === 504;
  const words: Readonly<Record<number, string>> = {
    501: 'The service does not know this method.',
    502: 'A proxy before the service got no good answer from it.',
    503: 'The service is not available at the moment.',
    504: 'A proxy waited in vain for the service.',
  };
  return [
    {
      id: proxy ? 'service-behind-proxy' : statusCode === 503 ? 'service-unavailable' : 'service-failed',
      certainty: 'likely',
      title: words[statusCode] ?? 'The service failed at this request.',
      evidence: `${host} answered ${statusCode}.${quoteAnswer(answer)}`,
      advice:
        statusCode === 500
          ? 'Some services fail so at inputs they do not expect: try with the example of the documentation. Otherwise it is theirs to mend.'
          : 'Try again in a while; it is not the connector.',
    },
  ];
}

function diagnoseUnreadable(evidence: CallEvidence, answer: AnswerEvidence): Cause[] {
  const type = readHeader(answer.headers, 'content-type');
  const message = evidence.error?.message ?? '';
  if (isHtml(answer)) {
    const title = readTitle(answer);
    return [
      {
        id: 'web-page',
        certainty: 'likely',
        title: 'The answer is a web page, not data.',
        evidence: `${readHost(evidence)} answered ${answer.statusCode} with ${type || 'HTML'}${title === '' ? '' : ` titled “${title}”`}.`,
        advice:
          'The base URL probably leads to the web site or the documentation: look for the address of the API, often api.… or …/api/v1.',
      },
    ];
  }
  if (/UTF-8|charset/.test(message)) {
    return [
      {
        id: 'wrong-charset',
        certainty: 'certain',
        title: 'The answer is written in another charset than it says.',
        evidence: message,
        advice: 'The service must name its charset in Content-Type, or write UTF-8.',
      },
    ];
  }
  const encoding = readHeader(answer.headers, 'content-encoding');
  if (encoding !== '' && /compress|decod|encod/i.test(message)) {
    return [
      {
        id: 'broken-compression',
        certainty: 'certain',
        title: `The answer says it is compressed with ${encoding}, and is not.`,
        evidence: message,
        advice: 'The service, or a proxy before it, labels its answers wrongly.',
      },
    ];
  }
  if (message === '') return [];
  return [
    {
      id: 'not-json',
      certainty: 'likely',
      title: 'The answer is not what its content type says.',
      evidence: message,
      advice: 'Look at the raw body: if it is right, the service labels it wrongly.',
    },
  ];
}

/** Some services answer 200 and put the failure into the body. */
function diagnoseErrorInBody({ differences }: CallEvidence, { body }: AnswerEvidence): Cause[] {
  const isError =
    typeof body === 'object' &&
    body !== null &&
    !Array.isArray(body) &&
    typeof body !== 'bigint' &&
    ['error', 'errors', 'fault'].some((name) => Object.hasOwn(body, name) && hasContent(body[name]));
  const causes: Cause[] = [];
  if (isError) {
    causes.push({
      id: 'error-under-success',
      certainty: 'possible',
      title: 'The service reports an error under a status of success.',
      evidence: `The body has a member that is named like an error.${quoteAnswer({ statusCode: 200, headers: {}, body })}`,
      advice: 'Check what it says; flows take this answer for a success.',
    });
  }
  if (differences.length > 0) {
    const first = differences[0]?.message ?? '';
    causes.push({
      id: 'schema-differs',
      certainty: 'likely',
      title: `The answer is not what the definition says, in ${differences.length} ${differences.length === 1 ? 'place' : 'places'}.`,
      evidence: first,
      advice: 'Look at the differences below; each can be taken into the definition.',
    });
  }
  return causes;
}

function hasContent(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === '') return false;
  return !Array.isArray(value) || value.length > 0;
}

/** People who come from a browser look for CORS first; here it is never the reason. */
function diagnoseCors({ answer, exchange }: CallEvidence): Cause[] {
  const words = answer === undefined ? (exchange?.failure?.message ?? '') : readWords(answer.body);
  if (!/\bCORS\b|cross-origin|access-control-allow-origin/i.test(words)) return [];
  return [
    {
      id: 'not-cors',
      certainty: 'possible',
      title: 'The answer speaks of CORS, which does not apply here.',
      evidence:
        'Calls leave from the server that Patchbay runs on, not from a browser: the rules of browsers about origins do not apply to them.',
      advice: 'Look at the other causes. If the service insists on an Origin header, add it with a policy.',
    },
  ];
}
