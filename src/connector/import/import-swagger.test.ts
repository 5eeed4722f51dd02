import { describe, expect, it } from 'vitest';
import { compileDocument } from '../../../test/documents/read.ts';

const connector = compileDocument('workshop.swagger.json');
const get = (id: string) => {
  const operation = connector.operation(id);
  if (operation === undefined) throw new Error(`no ${id}`);
  return operation;
};

describe('importing Swagger 2.0', () => {
  it('makes the address of host, base path and scheme, https first', () => {
    expect(connector.baseUrl).toBe('https://workshop.example/api');
  });

  it('keeps the name of a body parameter, also of a shared one that the path declares after its operations', () => {
    expect(get('SaveJob').body).toMatchObject({
      name: 'item',
      required: true,
      mediaType: 'application/json',
      summary: 'Job',
    });
    expect(get('GetJob').body?.name).toBe('item');
    expect(get('SaveJob').parameters.map((one) => one.name)).toEqual(['job']);
  });

  it('keeps how arrays are joined', () => {
    const styles = get('GetJob').parameters.map(({ name, style, explode }) => [name, style, explode]);
    expect(styles).toEqual([
      ['job', 'simple', false],
      ['parts', 'form', true],
      ['wheels', 'form', false],
      ['columns', 'tabDelimited', false],
      ['lang', 'form', true],
      ['api-version', 'form', true],
    ]);
  });

  it('keeps encoding, visibility and defaults', () => {
    const [job, , , , lang, version] = get('GetJob').parameters;
    expect(job?.encoding).toBe('double');
    expect(lang).toMatchObject({ visibility: 'internal', default: 'en', required: false });
    expect(version).toMatchObject({ visibility: 'internal', default: '3', required: true });
  });

  it('makes form parameters fields that inputs name directly, multipart when one is a file', () => {
    expect(get('AddPhoto').body).toMatchObject({ kind: 'multipart', asParameters: true, required: true });
    expect(get('AddPhoto').body?.fields).toMatchObject([
      { name: 'photo', in: 'formData', file: true, required: true, summary: 'Photo' },
      { name: 'labels', in: 'formData', file: false, explode: false },
    ]);
    expect(get('AddNote').body).toMatchObject({ kind: 'form', asParameters: true });
  });

  it('sends a binary body as bytes', () => {
    expect(get('UploadManual').body).toMatchObject({
      name: 'manual',
      kind: 'binary',
      mediaType: 'application/octet-stream',
    });
  });

  it('tells webhooks from polling triggers and finds where the callback goes', () => {
    expect(get('WhenJobChanges').kind).toBe('trigger');
    expect(get('WhenJobChanges').trigger).toEqual({
      kind: 'webhook',
      batch: false,
      hint: '',
      notificationSchema: { $ref: '#/components/schemas/Job' },
      callbackUrlPointer: '/target/url',
    });
    expect(get('WhenBicycleArrives').trigger).toEqual({
      kind: 'polling',
      batch: true,
      hint: 'Bring a bicycle in.',
    });
    expect(get('GetJob').trigger).toBeUndefined();
  });

  it('offers the security definitions nobody asks for', () => {
    expect(connector.authentication.map(({ name, kind }) => [name, kind])).toEqual([
      ['desk', 'basic'],
      ['till', 'apiKey'],
    ]);
  });

  it('makes nullable what was x-nullable', () => {
    const schema = connector.bundle({ $ref: '#/components/schemas/Job' });
    expect(schema).toMatchObject({ $defs: { Job: { properties: { Hours: { type: ['number', 'null'] } } } } });
  });
});
