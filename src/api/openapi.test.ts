import { dereference, validate } from '@scalar/openapi-parser';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { isJsonObject } from '../base/index.ts';
import { endpoints } from './endpoints.ts';
import { authEndpoints } from './identity.ts';
import { buildOpenApiDocument } from './openapi.ts';

const document = buildOpenApiDocument({ ...endpoints, ...authEndpoints }, { version: '1.2.3' });

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await validate(JSON.stringify(document));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  test('has every endpoint under its key', () => {
    const ids = Object.values(document.paths as Record<string, Record<string, { operationId: string }>>)
      .flatMap((item) => Object.values(item))
      .map((operation) => operation.operationId);
    expect(ids.sort()).toEqual([...Object.keys(endpoints), ...Object.keys(authEndpoints)].sort());
  });

  test('lists named schemas once, and every reference leads to one', async () => {
    const { errors } = await dereference(JSON.stringify(document));
    expect(errors ?? []).toEqual([]);
    expect(document).toHaveProperty('components.schemas.ConnectorSummary');
    const text = JSON.stringify(document);
    const names = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map((match) => match[1]);
    const known = isJsonObject(document.components) ? document.components.schemas : undefined;
    expect(Object.keys(isJsonObject(known) ? known : {})).toEqual(expect.arrayContaining(names));
  });

  test('takes a property called title for what it is', () => {
    const parameter = JSON.stringify(
      (document.components as { schemas: Record<string, unknown> }).schemas.ConnectionParameter,
    );
    expect(parameter).toContain('"title":{"type":"string"}');
  });
});

describe('the endpoints', () => {
  test('name in params exactly what their path names', () => {
    for (const [name, endpoint] of Object.entries(endpoints)) {
      const inPath = [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => match[1]).sort();
      const params: { properties?: object } = 'params' in endpoint ? endpoint.params : {};
      expect(Object.keys(params.properties ?? {}).sort(), name).toEqual(inPath);
    }
  });

  test('have schemas that Ajv compiles', () => {
    const ajv = new Ajv2020({
      strict: true,
      allowUnionTypes: true,
      formats: { uuid: true, 'date-time': true, email: true },
    });
    for (const endpoint of Object.values(endpoints)) {
      for (const part of ['params', 'query', 'body', 'response'] as const) {
        const schema: unknown = part in endpoint ? endpoint[part as keyof typeof endpoint] : undefined;
        if (isJsonObject(schema)) expect(ajv.compile(schema)).toBeTypeOf('function');
      }
    }
  });

  test('answer 204 exactly where they say nothing', () => {
    for (const [name, endpoint] of Object.entries(endpoints)) {
      expect(endpoint.status === 204, name).toBe(!('response' in endpoint));
    }
  });
});
