import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readSource } from '../../../../test/documents/read.ts';
import { importConnector } from '../import-connector.ts';
import { baseName } from '../package-files.ts';

const text = (value: string) => new TextEncoder().encode(value);
const DOCUMENT = text(
  '{"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "servers": [{"url": "https://t.example"}], "paths": {"/a": {"get": {"operationId": "A"}}}}',
);

function importZip(
  files: Record<string, Uint8Array>,
  change: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
) {
  return importConnector({ name: 'api.zip', files: [{ path: 'api.zip', bytes: change(zipSync(files)) }] });
}

const codes = (problems: readonly { code: string }[]) => problems.map(({ code }) => code);

describe('a zip archive', () => {
  it('is read like the folder that was packed', () => {
    const folder = readSource('glasshouse/');
    const packed = Object.fromEntries(
      folder.files.map((file) => [`glasshouse/${baseName(file.path)}`, file.bytes]),
    );
    const { definition, format } = importZip({
      ...packed,
      '__MACOSX/._icon.png': text('x'),
      '.DS_Store': text('x'),
    });
    expect(format).toBe('power-platform');
    expect(definition).toEqual(importConnector(folder).definition);
  });

  it('may hold a single document', () => {
    expect(importZip({ 'docs/openapi.json': DOCUMENT }).format).toBe('openapi-3.1');
  });

  it('leaves out names that lead elsewhere', () => {
    const files = {
      'openapi.json': DOCUMENT,
      '../../evil.json': DOCUMENT,
      '/etc/passwd.json': DOCUMENT,
      'C:\\x.json': DOCUMENT,
    };
    const { ok, warnings } = importZip(files);
    expect(ok).toBe(true);
    expect(codes(warnings)).toEqual([
      'CONNECTOR_ARCHIVE_PATH',
      'CONNECTOR_ARCHIVE_PATH',
      'CONNECTOR_ARCHIVE_PATH',
    ]);
  });

  it('that unpacks to more than anybody needs is refused before it does', () => {
    const big = new Uint8Array(60 * 1024 * 1024);
    const { errors } = importZip({ 'a.json': big, 'b.json': big });
    expect(codes(errors)).toEqual(['CONNECTOR_ARCHIVE']);
    expect(errors[0]?.message).toContain('100 MB');
  });

  it('that lies about its sizes is cut off where it said', () => {
    const { errors } = importZip({ 'openapi.json': new Uint8Array(5_000_000).fill(0x20) }, (bytes) => {
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      for (let at = 0; at < bytes.length - 30; at++) {
        if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 16, true);
        if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, 16, true);
      }
      return bytes;
    });
    expect(errors).toHaveLength(1);
  });

  it.each([
    ['cut off', (bytes: Uint8Array) => bytes.subarray(0, bytes.length / 2)],
    [
      'encrypted',
      (bytes: Uint8Array) => Uint8Array.from(bytes, (byte, index) => (index === 6 ? byte | 1 : byte)),
    ],
  ])('that is %s is one clear error', (_what, change) => {
    expect(codes(importZip({ 'openapi.json': DOCUMENT }, change).errors)).toEqual(['CONNECTOR_ARCHIVE']);
  });

  it('with several packages says which', () => {
    const { errors } = importZip({ 'a/apiProperties.json': text('{}'), 'b/apiProperties.json': text('{}') });
    expect(errors[0]?.message).toContain('2 connectors (a, b');
  });
});
