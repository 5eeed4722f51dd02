import type { JsonObject, Problem } from '../base/index.ts';
import type { AuthenticationKind } from './types.ts';

/** The formats an importer exists for. */
export type ConnectorFormat =
  | 'openapi-3.1'
  | 'openapi-3.0'
  | 'swagger-2.0'
  | 'power-platform'
  | 'postman-2.1'
  | 'postman-2.0'
  | 'har'
  | 'curl';

/**
 * The `properties` of a Power Platform `apiProperties.json`: `connectionParameters`, `connectionParameterSets`,
 * `iconBrandColor`, `capabilities`, `policyTemplateInstances`, `scriptOperations`, `publisher`, `stackOwner`.
 * Members nobody knows are kept.
 */
export type ConnectorProperties = JsonObject;

/** What is stored as one immutable version of a connector. Plain JSON: it may be written and read as it stands. */
export type ConnectorDefinition = {
  /** OpenAPI 3.1 with the `x-ms-*` extensions. `$ref`s stay references. */
  readonly openapi: JsonObject;
  readonly properties: ConnectorProperties;
  readonly source: { readonly format: ConnectorFormat; readonly fileName: string | null };
  /** Files kept byte for byte, base64 by name: `script.csx`, `icon.png`, `settings.json`. */
  readonly files: { readonly [name: string]: string };
};

export interface ImportFile {
  /** Name, relative path or URL; references from one file to another are resolved against it. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface ImportSource {
  /** What the person called it: a file, folder or URL. Used in messages. */
  readonly name: string;
  readonly files: readonly ImportFile[];
  /** Path of the main document, where it is known; the others are what it refers to. */
  readonly document?: string;
}

export interface ImportResult {
  readonly ok: boolean;
  readonly format: ConnectorFormat | 'unknown';
  /** Present when `ok`. */
  readonly definition?: ConnectorDefinition;
  readonly warnings: readonly Problem[];
  /** Why it is not ok; empty when it is. */
  readonly errors: readonly Problem[];
}

/** One line of `connector check --json`. */
export interface ConnectorReport {
  readonly path: string;
  readonly ok: boolean;
  readonly format: ConnectorFormat | 'unknown';
  readonly title: string;
  /** Kinds of the authentication methods. */
  readonly auth: readonly AuthenticationKind[];
  /** How many operations there are. */
  readonly operations: number;
  readonly warnings: readonly Problem[];
  readonly errors: readonly Problem[];
}
