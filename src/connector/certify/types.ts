import type { Json, JsonObject } from '../../base/index.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import type { OperationPlace } from '../operations.ts';

/** `error` blocks certification, `warning` is asked about, `hint` makes a connector read better. */
export type CertificationSeverity = 'error' | 'warning' | 'hint';

/** Of the API document, of apiProperties.json, or of the files beside them. */
export type CertificationPart = 'document' | 'properties' | 'files';

/** One change of a definition: a value put somewhere, or, without one, what stands there taken out. */
export interface CertificationEdit {
  readonly part: 'document' | 'properties';
  readonly pointer: string;
  readonly value?: Json;
}

/** What a check found. */
export interface Found {
  /** JSON pointer into the part; `''` is the whole of it. */
  readonly pointer: string;
  /** Default: `document`. */
  readonly part?: CertificationPart;
  /** What is wrong, and with what. */
  readonly message: string;
  /** What mends it, where a rule can tell. */
  readonly fix?: readonly CertificationEdit[];
}

/** A finding of a rule about a definition. */
export interface CertificationFinding {
  readonly rule: string;
  readonly severity: CertificationSeverity;
  readonly part: CertificationPart;
  readonly pointer: string;
  readonly message: string;
  /** Whether `fixCertification` mends it. */
  readonly fixable: boolean;
}

export interface CertificationRule {
  readonly id: string;
  readonly severity: CertificationSeverity;
  /** For a connector that was not published before; some rules are younger than many connectors. */
  readonly severityWhenNew?: CertificationSeverity;
  /** What the rule asks, in one sentence. */
  readonly title: string;
  /** What the certification's own validator calls it. */
  readonly aliases?: readonly string[];
  /** Whether some of its findings can be mended. */
  readonly fixes?: boolean;
  check(context: CertifyContext): Iterable<Found>;
}

export interface CertifyOptions {
  /** The connector was never published: rules that bind new connectors only are errors. */
  readonly isNew?: boolean;
  /** It will be published by somebody else than the owner of the service. */
  readonly isIndependent?: boolean;
}

export interface CertifiedParameter {
  readonly name: string;
  /** `formData` for a field of a form that came as parameters. */
  readonly in: string;
  readonly pointer: string;
  readonly written: JsonObject;
  /** Its schema, `$ref`s followed. */
  readonly schema: JsonObject;
  readonly schemaPointer: string;
  readonly isInternal: boolean;
  readonly isRequired: boolean;
}

export interface CertifiedResponse {
  readonly status: string;
  /** Where it is written: in a shared response, when it refers to one. */
  readonly pointer: string;
  /** Where the operation names it. */
  readonly place: string;
  readonly written: JsonObject;
  /** The schema of its first media type that has one. */
  readonly schema: JsonObject | undefined;
  readonly hasDynamicSchema: boolean;
}

export interface CertifiedOperation extends OperationPlace {
  readonly operationId: string;
  readonly isInternal: boolean;
  readonly isTrigger: boolean;
  readonly isWebhook: boolean;
  readonly parameters: readonly CertifiedParameter[];
  readonly responses: readonly CertifiedResponse[];
}

/** A definition, taken apart once for all rules. */
export interface CertifyContext extends Required<CertifyOptions> {
  readonly definition: ConnectorDefinition;
  readonly document: JsonObject;
  readonly info: JsonObject;
  readonly properties: JsonObject;
  readonly operations: readonly CertifiedOperation[];
}
