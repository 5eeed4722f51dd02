import { parsePointer } from '../../../base/index.ts';
import { type DocumentPart, isMethod, isSharedKind } from '../../../connector/index.ts';

/** Where in the wizard something of a text is edited. */
export interface FormPlace {
  readonly step: string;
  /** What is opened there, as a pointer into the definition. */
  readonly at: string;
}

/** The form for what stands at a pointer of a text; undefined where only the text has it. */
export function findForm(part: DocumentPart, pointer: string): FormPlace | undefined {
  const path = parsePointer(pointer);
  const step = part === 'properties' ? findInProperties(path) : findInDocument(path);
  return step === undefined ? undefined : { step, at: `/${part}${pointer}` };
}

function findInDocument([first = '', second = '', third = '', fourth = '']: string[]): string | undefined {
  if (first === 'paths' && isMethod(third)) return PAGING.has(fourth) ? 'paging' : 'definition';
  if (first === 'paths' && second !== '')
    return third === '' || third === 'parameters' ? 'definition' : undefined;
  if (first === 'components' && isSharedKind(second) && third !== '') return 'definition';
  if (first === 'security' || second === 'securitySchemes') return 'security';
  return first === 'info' || first === 'servers' || first === 'externalDocs' ? 'general' : undefined;
}

const PAGING = new Set(['x-patchbay-paging', 'x-ms-pageable']);

function findInProperties([name = '']: string[]): string | undefined {
  if (name.startsWith('connectionParameter')) return 'security';
  if (name === 'policyTemplateInstances') return 'policies';
  if (name.startsWith('script')) return 'code';
  return name === 'iconBrandColor' || name === 'publisher' ? 'general' : undefined;
}

/** The text that a pointer into the definition leads to, and the pointer in there. */
export function findPart(at: string | undefined): { part: DocumentPart; pointer: string } {
  if (at?.startsWith('/properties')) return { part: 'properties', pointer: at.slice('/properties'.length) };
  return { part: 'openapi', pointer: at?.startsWith('/openapi') ? at.slice('/openapi'.length) : '' };
}
