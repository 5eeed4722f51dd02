/** The rules over connectors that were certified: PATCHBAY_CORPUS names the folder whose `connectors/` holds them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ConnectorDefinition } from '../definition-types.ts';
import { diffDefinitions } from '../diff/diff-definitions.ts';
import { importConnector } from '../import/import-connector.ts';
import { certifyConnector, fixCertification } from './certify.ts';
import { CERTIFICATION_RULES } from './rules.ts';

const CORPUS = process.env['PATCHBAY_CORPUS'];

function* readPackages(): Generator<{ name: string; definition: ConnectorDefinition }> {
  const folder = join(CORPUS ?? '', 'connectors');
  for (const name of readdirSync(folder)) {
    if (!/^(?:certified|independent)/.test(name)) continue;
    const files = readdirSync(join(folder, name)).map((path) => {
      return { path, bytes: new Uint8Array(readFileSync(join(folder, name, path))) };
    });
    const { definition } = importConnector({ name, files });
    if (definition !== undefined) yield { name, definition };
  }
}

it.skipIf(CORPUS === undefined)(
  'rules that block are kept by nearly all published connectors, and no fix breaks a flow',
  () => {
    const counts = new Map<string, number>();
    const breaking: string[] = [];
    let total = 0;
    for (const { name, definition } of readPackages()) {
      total += 1;
      const options = { isIndependent: name.startsWith('independent') };
      const rules = new Set(certifyConnector(definition, options).map((finding) => finding.rule));
      for (const rule of rules) counts.set(rule, (counts.get(rule) ?? 0) + 1);
      const { definition: mended, left } = fixCertification(definition, options);
      if (left.some((finding) => finding.fixable)) breaking.push(`${name}: not all was mended`);
      for (const change of diffDefinitions(definition, mended)) {
        if (change.class === 'breaking') breaking.push(`${name}: ${change.message}`);
      }
    }
    const blocking = CERTIFICATION_RULES.filter((rule) => rule.severity === 'error');
    const often = blocking.filter((rule) => (counts.get(rule.id) ?? 0) > total * 0.1).map((rule) => rule.id);
    expect(often).toEqual([]);
    expect(breaking).toEqual([]);
  },
  300_000,
);
