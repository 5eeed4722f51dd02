import { isJsonObject, type JsonObject } from '../../base/index.ts';
import { firstText } from '../compile/text.ts';
import { readArguments } from '../dynamic/read-arguments.ts';
import { type DynamicSite, listDynamicSites } from './dynamic-references.ts';
import { findInputs, listInputs, type OperationInput } from './operation-inputs.ts';
import type { CertifiedOperation, CertifyContext, Found } from './types.ts';

/** A site that names an operation of the document, with what it hands over. */
export interface AskingSite extends DynamicSite {
  readonly written: JsonObject;
  readonly asked: CertifiedOperation;
}

export type SiteFound = Omit<Found, 'pointer'> & { readonly pointer?: string };

/** A rule about every dynamic extension; one in a component that several operations use is told once. */
export function aboutSites(check: (site: DynamicSite, context: CertifyContext) => SiteFound | undefined) {
  return function* (context: CertifyContext): Iterable<Found> {
    const seen = new Set<string>();
    for (const site of listDynamicSites(context)) {
      if (seen.has(site.pointer)) continue;
      const found = check(site, context);
      if (found === undefined) continue;
      seen.add(site.pointer);
      yield { pointer: site.pointer, ...found };
    }
  };
}

/** The operations by their ids, made once: every rule looks them up for every site. */
const byId = new WeakMap<CertifyContext, ReadonlyMap<string, CertifiedOperation>>();

export function findOperation(context: CertifyContext, operationId: string): CertifiedOperation | undefined {
  const known = byId.get(context) ?? new Map(context.operations.map((one) => [one.operationId, one]));
  byId.set(context, known);
  return known.get(operationId);
}

export function aboutAsking(check: (site: AskingSite, context: CertifyContext) => SiteFound | undefined) {
  return aboutSites((site, context) => {
    const { written } = site;
    if (!isJsonObject(written)) return undefined;
    const asked = findOperation(context, firstText(written['operationId']));
    return asked && check({ ...site, written, asked }, context);
  });
}

/** What an argument of the extension comes from: the inputs that its reference may mean, as far as they are known. */
export interface Reference {
  /** The argument. */
  readonly name: string;
  readonly reference: string;
  readonly found: readonly OperationInput[];
  /** The operation has inputs that the definition does not know. */
  readonly isOpen: boolean;
}

export function listReferences(site: AskingSite, { document }: CertifyContext): Reference[] {
  const inputs = listInputs(site.operation, document);
  return readArguments(site.written['parameters']).flatMap((argument) => {
    if (argument.from !== 'input') return [];
    const { name, reference } = argument;
    return { name, reference, found: findInputs(inputs, reference), isOpen: inputs.isOpen };
  });
}
