import { parsePointer } from '../../../base/index.ts';
import { type DocumentPart, isMethod, isSharedKind } from '../../../connector/index.ts';

/** Where in the wizard something of a text is edited. */
export interface FormPlace {
  readonly step: string;
  /** What is opened there, as a pointer into the definition. */
  readonly at?: string;
}

/** The form for what stands at a pointer of a text; undefined where only the text has it. */
export function findForm(part: DocumentPart, pointer: string): FormPlace | undefined {
  const [first = '', second = '', third = ''] = parsePointer(pointer);
  if (part === 'properties') return findInProperties(first);
  const at = (depth: number) =>
    `/openapi${pointer
      .split('/')
      .slice(0, depth + 1)
      .join('/')}`;
  if (first === 'paths' && isMethod(third)) return { step: 'definition', at: at(3) };
  if (first === 'components' && isSharedKind(second) && third !== '')
    return { step: 'definition', at: at(3) };
  if (first === 'security' || second === 'securitySchemes') return { step: 'security' };
  return first === 'info' || first === 'servers' ? { step: 'general' } : undefined;
}

function findInProperties(name: string): FormPlace | undefined {
  if (name.startsWith('connectionParameter')) return { step: 'security' };
  if (name === 'policyTemplateInstances') return { step: 'policies' };
  if (name.startsWith('script')) return { step: 'code' };
  return name === 'iconBrandColor' || name === 'publisher' ? { step: 'general' } : undefined;
}

/** The text that a pointer into the definition leads to, and the pointer in there. */
export function findPart(at: string | undefined): { part: DocumentPart; pointer: string } {
  if (at?.startsWith('/properties')) return { part: 'properties', pointer: at.slice('/properties'.length) };
  return { part: 'openapi', pointer: at?.startsWith('/openapi') ? at.slice('/openapi'.length) : '' };
}
