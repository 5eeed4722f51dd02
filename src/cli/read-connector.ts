import { type ConnectorDefinition, importConnector } from '../connector/index.ts';
import { CliError } from './errors.ts';
import { findConnectorInputs } from './find-connectors.ts';

/**
 * Imports the one connector at a path.
 *
 * @throws CliError FILE_NOT_FOUND when there is none or are several, CONNECTOR_REFUSED when it cannot be imported
 */
export async function readConnector(path: string): Promise<ConnectorDefinition> {
  const [input, ...others] = await findConnectorInputs(path);
  if (input === undefined || others.length > 0) {
    const count = others.length + (input === undefined ? 0 : 1);
    throw new CliError('FILE_NOT_FOUND', `${path} holds ${count} connectors, not one.`);
  }
  const { definition, errors } = importConnector({ name: input.name, files: await input.read() });
  if (definition !== undefined) return definition;
  throw new CliError(
    'CONNECTOR_REFUSED',
    `${path} cannot be imported: ${errors[0]?.message ?? 'it holds nothing.'}`,
  );
}
