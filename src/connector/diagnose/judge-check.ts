import { equalJson, getByPointer, type Json, stringifyJson } from '../../base/index.ts';
import type { AnswerEvidence, SchemaDifference } from './types.ts';

/** What has to come of a call. */
export interface CheckExpectations {
  readonly status?: number;
  /** The answer is what the definition says. */
  readonly schema?: boolean;
  readonly equals?: readonly { readonly pointer: string; readonly value: Json }[];
}

/** What did not come as it should, in sentences; none when all did. */
export function judgeCheck(
  { status, schema, equals = [] }: CheckExpectations,
  answer: AnswerEvidence | undefined,
  differences: readonly SchemaDifference[],
): string[] {
  if (answer === undefined) return ['The call brought no answer.'];
  const problems: string[] = [];
  if (status !== undefined && answer.statusCode !== status) {
    problems.push(`The status is ${answer.statusCode}, not ${status}.`);
  }
  if (schema === true) problems.push(...differences.map(({ message }) => message));
  for (const { pointer, value } of equals) {
    const found = getByPointer(answer.body, pointer);
    if (found === undefined)
      problems.push(`${pointer || 'The body'} is missing; it should be ${show(value)}.`);
    else if (!equalJson(found, value)) {
      problems.push(`${pointer || 'The body'} is ${show(found)}, not ${show(value)}.`);
    }
  }
  return problems;
}

function show(value: Json): string {
  const text = stringifyJson(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
