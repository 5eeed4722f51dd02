import type { ConnectorDefinition } from '../definition-types.ts';
import { applyEdits } from './apply-edits.ts';
import { createContext } from './context.ts';
import { CERTIFICATION_RULES } from './rules.ts';
import type {
  CertificationEdit,
  CertificationFinding,
  CertificationRule,
  CertificationSeverity,
  CertifyOptions,
  Found,
} from './types.ts';

const ORDER: readonly CertificationSeverity[] = ['error', 'warning', 'hint'];
/** What one rule mends may be what another asks to be mended: a summary made of an id, then its last sign. */
const MAX_ROUNDS = 5;

/** Checks the rules by which published connectors are certified. The gravest findings come first. */
export function certifyConnector(
  definition: ConnectorDefinition,
  options: CertifyOptions = {},
): CertificationFinding[] {
  const findings = check(definition, options).map(({ rule, found }) => toFinding(rule, found, options));
  return findings.sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

export interface CertificationFix {
  readonly definition: ConnectorDefinition;
  /** What was mended. */
  readonly fixed: readonly CertificationFinding[];
  /** What is left. */
  readonly left: readonly CertificationFinding[];
}

/** Which findings to mend; all that can be when missing. */
export interface FixSelection {
  readonly rule?: string;
  readonly pointer?: string;
}

/** Mends what can be mended by rule. The definition that is given stays as it is. */
export function fixCertification(
  definition: ConnectorDefinition,
  options: CertifyOptions = {},
  selection: FixSelection = {},
): CertificationFix {
  const fixed: CertificationFinding[] = [];
  let current = definition;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const edits: CertificationEdit[] = [];
    const places = new Set<string>();
    for (const { rule, found } of check(current, options)) {
      if (found.fix === undefined || !isSelected(rule, found, selection)) continue;
      // Two mends of one place: the second sees what the first has made of it, in the next round.
      const keys = found.fix.map((edit) => `${edit.part} ${edit.pointer}`);
      if (keys.some((key) => places.has(key))) continue;
      for (const key of keys) places.add(key);
      edits.push(...found.fix);
      fixed.push(toFinding(rule, found, options));
    }
    if (edits.length === 0) break;
    current = applyEdits(current, edits);
  }
  return { definition: current, fixed, left: certifyConnector(current, options) };
}

function check(definition: ConnectorDefinition, options: CertifyOptions) {
  const context = createContext(definition, options);
  return CERTIFICATION_RULES.flatMap((rule) => [...rule.check(context)].map((found) => ({ rule, found })));
}

function toFinding(rule: CertificationRule, found: Found, { isNew }: CertifyOptions): CertificationFinding {
  return {
    rule: rule.id,
    severity: isNew === true ? (rule.severityWhenNew ?? rule.severity) : rule.severity,
    part: found.part ?? 'document',
    pointer: found.pointer,
    message: found.message,
    fixable: found.fix !== undefined,
  };
}

function isSelected(rule: CertificationRule, found: Found, selection: FixSelection): boolean {
  if (selection.rule !== undefined && selection.rule !== rule.id) return false;
  return selection.pointer === undefined || selection.pointer === found.pointer;
}
