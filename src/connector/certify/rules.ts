import { DOCUMENT_RULES } from './document-rules.ts';
import { DYNAMIC_RULES } from './dynamic-rules.ts';
import { FILTER_RULES } from './filter-rules.ts';
import { MEDIA_RULES } from './media-rules.ts';
import { METADATA_RULES } from './metadata-rules.ts';
import { OPERATION_RULES } from './operation-rules.ts';
import { PACKAGE_RULES } from './package-rules.ts';
import { PARAMETER_FORM_RULES } from './parameter-form-rules.ts';
import { PARAMETER_RULES } from './parameter-rules.ts';
import { RESPONSE_RULES } from './response-rules.ts';
import { REVISION_RULES } from './revision-rules.ts';
import { SCHEMA_RULES } from './schema-rules.ts';
import { SECURITY_RULES } from './security-rules.ts';
import { SHAPE_RULES } from './shape-rules.ts';
import { TITLE_RULES } from './title-rules.ts';
import type { CertificationRule } from './types.ts';
import { VALUE_RULES } from './value-rules.ts';
import { WEBHOOK_RULES } from './webhook-rules.ts';

/** The rules by what they are about, as the documentation lists them. */
export const CERTIFICATION_GROUPS: readonly {
  readonly title: string;
  readonly rules: readonly CertificationRule[];
}[] = [
  { title: 'Title and description', rules: TITLE_RULES },
  { title: 'Contact, metadata and host', rules: METADATA_RULES },
  { title: 'Authentication', rules: SECURITY_RULES },
  { title: 'Form of the document', rules: DOCUMENT_RULES },
  { title: 'Operations', rules: OPERATION_RULES },
  { title: 'Revisions', rules: REVISION_RULES },
  { title: 'Webhooks', rules: WEBHOOK_RULES },
  { title: 'Dynamic values and schemas', rules: DYNAMIC_RULES },
  { title: 'Answers', rules: RESPONSE_RULES },
  { title: 'Media types and headers', rules: MEDIA_RULES },
  { title: 'Parameters', rules: [...PARAMETER_RULES, ...PARAMETER_FORM_RULES] },
  { title: 'Schemas', rules: [...SCHEMA_RULES, ...VALUE_RULES, ...SHAPE_RULES, ...FILTER_RULES] },
  { title: 'Package', rules: PACKAGE_RULES },
];

export const CERTIFICATION_RULES = CERTIFICATION_GROUPS.flatMap((group) => group.rules);
