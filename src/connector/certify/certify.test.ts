import { describe, expect, it } from 'vitest';
import {
  createDefinition,
  DEFECTS,
  type Defect,
  ITEM,
  OPERATION,
  PARAMETER,
  plant,
} from '../../../test/certification/planted-defects.ts';
import { getByPointer, type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import { certifyConnector, fixCertification } from './certify.ts';
import { CERTIFICATION_RULES } from './rules.ts';

function listDefects(id: string): Defect[] {
  return [DEFECTS[id] ?? []].flat();
}

describe('certifyConnector', () => {
  it('finds nothing wrong with a definition that is right', () => {
    expect(certifyConnector(createDefinition(), { isNew: true })).toEqual([]);
  });

  it('has a defect planted here for every rule', () => {
    expect(Object.keys(DEFECTS).sort()).toEqual(CERTIFICATION_RULES.map((rule) => rule.id).sort());
  });

  const cases = CERTIFICATION_RULES.flatMap((rule) => {
    return listDefects(rule.id).map((defect, index) => [`${rule.id} ${index + 1}`, rule, defect] as const);
  });

  it.each(cases)('%s finds its defect', (_name, rule, { options = {}, ...defect }) => {
    const found = certifyConnector(plant(defect), options).filter((finding) => finding.rule === rule.id);
    expect(found).not.toEqual([]);
    for (const { message, severity } of found) {
      expect(message).toMatch(/^\S.*[.!]$/s);
      expect(severity).toBe(rule.severity);
    }
  });

  it.each(cases.filter(([, rule]) => rule.fixes === true))(
    '%s is mended',
    (_name, rule, { options = {}, ...defect }) => {
      const definition = plant(defect);
      const found = certifyConnector(definition, options).filter((finding) => finding.rule === rule.id);
      if (!found.some(({ fixable }) => fixable)) return;
      const before = JSON.stringify(definition);
      const { definition: mended, fixed, left } = fixCertification(definition, options, { rule: rule.id });
      expect(JSON.stringify(definition)).toBe(before);
      expect(fixed.map((finding) => finding.rule)).toContain(rule.id);
      expect(left.filter((finding) => finding.rule === rule.id && finding.fixable)).toEqual([]);
      expect(mended).not.toEqual(definition);
    },
  );

  it.each(CERTIFICATION_RULES.map((rule) => [rule.id, rule] as const))(
    '%s says truly whether it mends',
    (id, rule) => {
      const found = listDefects(id).flatMap(({ options = {}, ...defect }) =>
        certifyConnector(plant(defect), options),
      );
      expect(found.some((finding) => finding.rule === id && finding.fixable)).toBe(rule.fixes === true);
    },
  );

  it('is stricter with connectors that were never published', () => {
    const definition = plant(listDefects('CERT-PARAM-SUMMARY')[0] ?? {});
    expect(certifyConnector(definition).map((one) => one.severity)).toEqual(['warning']);
    expect(certifyConnector(definition, { isNew: true }).map((one) => one.severity)).toEqual(['error']);
  });
});

describe('fixCertification', () => {
  const mend = (changes: Record<string, Json | undefined>, pointer: string): Json | undefined => {
    return getByPointer(fixCertification(plant({ document: changes })).definition.openapi, pointer);
  };

  it.each<[string, Json | undefined, Json]>([
    ['/info/title', 'Town Library API', 'Town Library'],
    ['/x-ms-connector-metadata/1/propertyName', 'Privacy Policy', 'Privacy policy'],
    ['/x-ms-connector-metadata/2/propertyValue', 'data; content and files', 'Data;Content and Files'],
    [`${OPERATION}/summary`, 'Get books & more.', 'Get books and more'],
    [`${OPERATION}/summary`, undefined, 'Get book'],
    [`${OPERATION}/description`, 'Finds a book', 'Finds a book.'],
    [`${PARAMETER}/x-ms-summary`, undefined, 'Id'],
    [`${OPERATION}/parameters/1/required`, false, true],
  ])('mends %s: %j', (pointer, written, expected) => {
    expect(mend({ [pointer]: written }, pointer)).toEqual(expected);
  });

  it('takes a schema from the default answer, and leaves the shared one to the others', () => {
    const shared: JsonObject = { description: 'No.', content: { 'application/json': { schema: ITEM } } };
    const changes = {
      '/components/responses': { Problem: shared },
      [`${OPERATION}/responses/default`]: { $ref: '#/components/responses/Problem' },
    };
    expect(mend(changes, `${OPERATION}/responses/default`)).toEqual({ description: 'No.' });
    expect(mend(changes, '/components/responses/Problem')).toEqual(shared);
  });

  it('mends one finding alone when it is asked to', () => {
    const definition = plant({
      document: { [`${OPERATION}/summary`]: 'Get it.', [`${OPERATION}/description`]: 'Finds a book' },
    });
    const { fixed, left } = fixCertification(definition, {}, { rule: 'CERT-OP-DESC-PUNCT' });
    expect(fixed.map((one) => one.rule)).toEqual(['CERT-OP-DESC-PUNCT']);
    expect(left.some((one) => one.rule === 'CERT-OP-SUMMARY-END')).toBe(true);
  });

  it('survives documents that hold anything anywhere', () => {
    const { openapi } = createDefinition();
    for (const pointer of listPointers(openapi, '')) {
      for (const broken of [null, 'x', [null]] satisfies Json[]) {
        const definition = plant({ document: { [pointer]: broken } });
        expect(() => certifyConnector(definition), `${pointer} ${JSON.stringify(broken)}`).not.toThrow();
      }
    }
  });
});

/** Every place of a document. */
function listPointers(value: Json, pointer: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const place = joinPointer(pointer, key);
    return [place, ...listPointers(member, place)];
  });
}
