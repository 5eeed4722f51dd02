import { expect, test } from 'vitest';
import { readHookBody, readHookHeaders, writeHookBody } from './hook-message.ts';

const bytes = (text: string) => Buffer.from(text);

test('a JSON body keeps the digits of long numbers', () => {
  expect(readHookBody('application/json; charset=utf-8', bytes('{"id":12345678901234567890}'))).toEqual({
    id: 12345678901234567890n,
  });
});

test('a body without a type is JSON when it can be, and text otherwise', () => {
  expect(readHookBody(undefined, bytes('{"a":1}'))).toEqual({ a: 1 });
  expect(readHookBody(undefined, bytes('hello'))).toBe('hello');
});

test('a body that claims to be JSON and is not is refused', () => {
  expect(() => readHookBody('application/json', bytes('{"a":'))).toThrow(/not JSON/);
});

test('no body is null', () => {
  expect(readHookBody('application/json', undefined)).toBeNull();
});

test('a form arrives with its fields, and other bytes in base64', () => {
  expect(readHookBody('application/x-www-form-urlencoded', bytes('a=1&b=x%20y'))).toMatchObject({
    $formdata: [
      { key: 'a', value: '1' },
      { key: 'b', value: 'x y' },
    ],
  });
  expect(readHookBody('image/png', bytes('png'))).toEqual({ '$content-type': 'image/png', $content: 'cG5n' });
});

test('credentials of the caller are not passed on to the run', () => {
  const headers = { authorization: 'Bearer x', cookie: 'a=b', 'x-order': '7', 'set-cookie': ['a', 'b'] };
  expect(readHookHeaders(headers)).toEqual({ 'x-order': '7', 'set-cookie': 'a, b' });
});

test('an answer is text, bytes or JSON by what the Response action gave', () => {
  expect(writeHookBody('ok')).toEqual({ type: 'text/plain; charset=utf-8', payload: 'ok' });
  expect(writeHookBody({ n: 12345678901234567890n })).toMatchObject({
    payload: '{"n":12345678901234567890}',
  });
  expect(writeHookBody({ '$content-type': 'image/png', $content: 'cG5n' })).toEqual({
    type: 'image/png',
    payload: Buffer.from('png'),
  });
});
