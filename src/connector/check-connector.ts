import { compileConnector } from './compile/compile-connector.ts';
import type { ConnectorDefinition, ConnectorReport, ImportSource } from './definition-types.ts';
import { importConnector } from './import/import-connector.ts';

/** What a connector offers, for a list: its title, ways to authenticate and number of operations. */
export function summarizeConnector(
  definition: ConnectorDefinition,
): Pick<ConnectorReport, 'title' | 'auth' | 'operations'> {
  const connector = compileConnector(definition);
  const auth = [...new Set(connector.authentication.map((method) => method.kind))];
  return { title: connector.title, auth, operations: connector.operations.length };
}

/** Imports, to see whether it works: one line of `connector check`. Never throws. */
export function checkConnector(source: ImportSource): ConnectorReport {
  const { ok, format, definition, warnings, errors } = importConnector(source);
  const summary =
    definition === undefined ? { title: '', auth: [], operations: 0 } : summarizeConnector(definition);
  return { path: source.name, ok, format, ...summary, warnings, errors };
}
