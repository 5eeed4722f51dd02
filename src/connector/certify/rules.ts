import { METADATA_RULES } from './metadata-rules.ts';
import { OPERATION_RULES } from './operation-rules.ts';
import { PACKAGE_RULES } from './package-rules.ts';
import { PARAMETER_RULES } from './parameter-rules.ts';
import { REFERENCE_RULES } from './reference-rules.ts';
import { RESPONSE_RULES } from './response-rules.ts';
import { SCHEMA_RULES } from './schema-rules.ts';
import { TITLE_RULES } from './title-rules.ts';
import type { CertificationRule } from './types.ts';
import { VALUE_RULES } from './value-rules.ts';

/** The rules by what they are about, as the documentation lists them. */
export const CERTIFICATION_GROUPS: readonly {
  readonly title: string;
  readonly rules: readonly CertificationRule[];
}[] = [
  { title: 'Title and description', rules: TITLE_RULES },
  { title: 'Contact, metadata and host', rules: METADATA_RULES },
  { title: 'Operations', rules: [...OPERATION_RULES, ...REFERENCE_RULES] },
  { title: 'Answers', rules: RESPONSE_RULES },
  { title: 'Parameters', rules: PARAMETER_RULES },
  { title: 'Schemas', rules: [...SCHEMA_RULES, ...VALUE_RULES] },
  { title: 'Package', rules: PACKAGE_RULES },
];

export const CERTIFICATION_RULES = CERTIFICATION_GROUPS.flatMap((group) => group.rules);
