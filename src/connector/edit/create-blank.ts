import type { ConnectorDefinition } from '../definition-types.ts';

/** A connector of which nothing is known but what it is called. */
export function createBlankDefinition(title: string): ConnectorDefinition {
  return {
    openapi: { openapi: '3.1.0', info: { title, description: '', version: '1.0' }, paths: {} },
    properties: { connectionParameters: {}, capabilities: [], policyTemplateInstances: [] },
    source: { format: 'openapi-3.1', fileName: null },
    files: {},
  };
}
