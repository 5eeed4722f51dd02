import { isJsonObject, type JsonObject } from '../../../base/index.ts';
import { resolveReference, resolveSchema } from '../../../schema/index.ts';
import { bareMediaType } from '../../compile/media-types.ts';
import { NO_ANSWER } from '../../import/requests/build-responses.ts';
import { languageOf, listExamples, makeAnswer, writeRaw } from './bodies.ts';
import { readShown } from './entries.ts';
import { objectOf, type PostmanWork, textOf } from './work.ts';

/** A saved answer, but for the request it belongs to. */
export interface ShownAnswer {
  readonly name: string;
  readonly answer: JsonObject;
}

/** The answers of an operation, one per named example. */
export function listAnswers(operation: JsonObject, work: PostmanWork): ShownAnswer[] {
  const responses = Object.entries(objectOf(operation['responses']));
  return responses.flatMap(([status, written]) => {
    const response = resolveReference(written, work.document);
    return isJsonObject(response) ? listOfStatus(status, response, responses.length === 1, work) : [];
  });
}

function listOfStatus(
  status: string,
  response: JsonObject,
  isOnly: boolean,
  work: PostmanWork,
): ShownAnswer[] {
  const description = textOf(response, 'description');
  const content = Object.entries(objectOf(response['content'])).flatMap(([type, media]) => {
    return isJsonObject(media) ? listOfType(bareMediaType(type), media, description, work) : [];
  });
  // The document says nothing of its answers.
  if (isOnly && status === 'default' && description === NO_ANSWER && Object.keys(response).length === 1)
    return [];
  const isNamed = content[0]?.name === description || (!work.onlySamples && content.length > 0);
  const all = isNamed ? content : [{ name: description, type: '', body: '' }, ...content];
  const headers = toHeaders(response, work);
  return all.map(({ name, type, body }) => {
    const answer = {
      name,
      ...toCode(status),
      header: type === '' ? headers : [{ key: 'Content-Type', value: type }, ...headers],
      ...(type === '' ? {} : { _postman_previewlanguage: languageOf(type) }),
      body,
    };
    return { name, answer };
  });
}

function toCode(status: string): JsonObject {
  const code = Number(status.replace(/XX$/i, '00'));
  return Number.isInteger(code) ? { code } : {};
}

function listOfType(type: string, media: JsonObject, description: string, work: PostmanWork) {
  const examples = listExamples(media, work.document).map(({ name, value }) => {
    return { name: work.onlySamples ? name : name || description, type, body: writeRaw(value, type) };
  });
  if (examples.length > 0) return examples;
  const body = makeAnswer(media, type, work);
  return body === undefined ? [] : [{ name: description, type, body }];
}

function toHeaders(response: JsonObject, work: PostmanWork): JsonObject[] {
  return Object.entries(objectOf(response['headers'])).map(([key, written]) => {
    const header = objectOf(resolveReference(written, work.document));
    const schema = resolveSchema(header['schema'], work.document);
    const description = textOf(header, 'description');
    return {
      key,
      value: readShown({ example: header['example'], schema }),
      ...(description === '' ? {} : { description }),
    };
  });
}
