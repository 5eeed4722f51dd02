import { expect, test } from 'vitest';
import { groupProblems } from './group-problems.ts';

const problem = (code: string, message: string, line: number) => ({ code, message, line });

test('what says the same is one, with all its places in their order', () => {
  const [first, other, again] = [
    problem('KEYWORD', "'type' ('string,') is no type of JSON Schema.", 3),
    problem('SERVER', 'The document names no host.', 1),
    problem('KEYWORD', "'type' ('string,') is no type of JSON Schema.", 9),
  ] as const;
  expect(groupProblems([first, other, again])).toEqual([
    { message: "'type' ('string,') is no type of JSON Schema.", problems: [first, again] },
    { message: 'The document names no host.', problems: [other] },
  ]);
});

test('names and numbers that differ are left out of the sentence', () => {
  const grouped = groupProblems([
    problem('ID', "POST /login has no operationId; it is called 'PostLogin'.", 1),
    problem('ID', "POST /logout has no operationId; it is called 'PostLogout'.", 2),
    problem('ID', "GET /users has no operationId; it is called 'GetUsers'.", 3),
  ]);
  expect(grouped.map(({ message, problems }) => [message, problems.length])).toEqual([
    ['… has no operationId; it is called …', 3],
  ]);
});

test('sentences of one kind that say other things stay apart, as do equal ones of two kinds', () => {
  const grouped = groupProblems([
    problem('AUTH', "'api_key' is asked for, but nowhere described.", 1),
    problem('AUTH', "'mutualTLS' is no known way to authenticate.", 2),
    problem('OTHER', "'mutualTLS' is no known way to authenticate.", 3),
  ]);
  expect(grouped).toHaveLength(3);
});

test('without a code the sentence alone decides', () => {
  expect(groupProblems([{ message: 'This is needed.' }, { message: 'This is needed.' }])).toHaveLength(1);
});
