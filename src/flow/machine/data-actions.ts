import { describeError, isJsonObject, type Json, type JsonObject, parseJson } from '../../base/index.ts';
import type { LiquidWork, ParseJsonWork, SelectWork, Work } from '../types.ts';
import { chunkText, parseDocument } from './documents.ts';
import type { RunScope } from './scope.ts';
import { buildTable, toCellText } from './table.ts';
import type { FlowFailure } from './types.ts';

/** What a data action made of its inputs. */
export interface DataResult {
  readonly inputs?: Json;
  readonly outputs?: Json;
  readonly error?: FlowFailure;
}

type DataWork = Extract<
  Work,
  {
    kind:
      | 'compose'
      | 'parseJson'
      | 'select'
      | 'query'
      | 'join'
      | 'table'
      | 'function'
      | 'liquid'
      | 'chunkText'
      | 'parseDocument';
  }
>;

/** Carries out an action that only computes. Throws what an expression throws. */
export function computeData(work: DataWork, scope: RunScope): DataResult {
  switch (work.kind) {
    case 'compose': {
      const value = work.inputs.evaluate(scope);
      return { inputs: value, outputs: value };
    }
    case 'parseJson':
      return computeParseJson(work, scope);
    case 'select':
      return computeSelect(work, scope);
    case 'query':
      return overItems(work.from.evaluate(scope), 'Filter array', (items) =>
        items.filter((item) => {
          scope.setItem(item);
          return work.where.evaluate(scope) === true;
        }),
      );
    case 'table':
      return overItems(work.from.evaluate(scope), 'Create table', (items) => buildTable(work, items, scope));
    case 'function': {
      const inputs = work.inputs.evaluate(scope);
      return { inputs, outputs: { body: work.compute(inputs, scope) } };
    }
    case 'liquid': {
      const content = work.content.evaluate(scope);
      return { inputs: { content }, ...fillMap(work, content, scope.now()) };
    }
    case 'chunkText': {
      const inputs = work.inputs.evaluate(scope);
      return { inputs, ...chunkText(inputs) };
    }
    case 'parseDocument': {
      const content = work.content.evaluate(scope);
      return { inputs: { content }, ...parseDocument(content) };
    }
    case 'join': {
      const separator = String(work.joinWith.evaluate(scope) ?? '');
      return overItems(work.from.evaluate(scope), 'Join', (items) => items.map(toCellText).join(separator));
    }
  }
}

function fillMap({ map }: LiquidWork, content: Json, now: number): DataResult {
  try {
    return { outputs: { body: map.fill(content, now) } };
  } catch (error) {
    const message = `The map could not be filled in: ${describeError(error).replace(/\.$/, '')}.`;
    return { error: { code: 'InvalidLiquidMap', message } };
  }
}

function computeSelect(work: SelectWork, scope: RunScope): DataResult {
  return overItems(work.from.evaluate(scope), 'Select', (items) =>
    items.map((item) => {
      scope.setItem(item);
      return work.select.evaluate(scope);
    }),
  );
}

function overItems(from: Json, what: string, compute: (items: readonly Json[]) => Json): DataResult {
  if (!Array.isArray(from)) {
    const message = `${what} goes through the items of an array, but "from" gave ${from === null ? 'null' : `a value of type ${typeof from}`}.`;
    return { inputs: { from }, error: { code: 'BadRequest', message } };
  }
  return { inputs: { from }, outputs: { body: compute(from) } };
}

function computeParseJson(work: ParseJsonWork, scope: RunScope): DataResult {
  const content = readContent(work.content.evaluate(scope));
  const inputs: JsonObject = { content };
  let body: Json;
  try {
    body = typeof content === 'string' ? parseJson(content) : content;
  } catch (error) {
    const message = `The content is not valid JSON: ${error instanceof Error ? error.message : String(error)}`;
    return { inputs, error: { code: 'InvalidJson', message } };
  }
  const problems = work.validate?.(body) ?? [];
  if (problems.length === 0) return { inputs, outputs: { body } };
  const list = problems.slice(0, 5).map((problem) => `${problem.pointer || '/'} ${problem.message}`);
  return {
    inputs,
    outputs: { body },
    error: {
      code: 'SchemaValidationFailed',
      message: `The content does not fit the schema: ${list.join('; ')}.`,
    },
  };
}

/** Bytes that were declared as JSON or text arrive as a content envelope. */
function readContent(value: Json): Json {
  if (!isJsonObject(value) || typeof value.$content !== 'string' || !Object.hasOwn(value, '$content-type'))
    return value;
  const bytes = Uint8Array.from(atob(value.$content), (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}
