import { describeError, PatchbayError } from '../base/index.ts';
import { type ConnectorDefinition, importConnector } from '../connector/index.ts';
import { CliError } from './errors.ts';
import { type ConnectorInput, findConnectorInputs, type SourceSettings } from './find-connectors.ts';

/**
 * Imports the one connector at a path: a file, a package folder or zip, a URL, a path on GitHub.
 *
 * @throws CliError FILE_NOT_FOUND when there is none or are several, CONNECTOR_REFUSED when it cannot be imported
 */
export async function readConnector(path: string, settings: SourceSettings): Promise<ConnectorDefinition> {
  return importInput(await findOneConnector(path, settings));
}

/** @throws CliError FILE_NOT_FOUND when there is none or are several */
export async function findOneConnector(path: string, settings: SourceSettings): Promise<ConnectorInput> {
  const [input, ...others] = await findConnectorInputs(path, settings);
  if (input !== undefined && others.length === 0) return input;
  const count = others.length + (input === undefined ? 0 : 1);
  throw new CliError('FILE_NOT_FOUND', `${path} holds ${count} connectors, not one.`);
}

/** @throws CliError CONNECTOR_REFUSED */
export async function importInput(input: ConnectorInput): Promise<ConnectorDefinition> {
  const { definition, errors } = importConnector(
    await input.read().catch((error: unknown) => refuse(input, error)),
  );
  if (definition !== undefined) return definition;
  const [first] = errors;
  const place = first?.line === undefined ? '' : ` (line ${first.line})`;
  throw new CliError(
    'CONNECTOR_REFUSED',
    `${input.path} cannot be imported${place}: ${first?.message ?? 'it holds nothing.'}`,
  );
}

function refuse({ path }: ConnectorInput, cause: unknown): never {
  const fix = cause instanceof PatchbayError ? cause.fix : undefined;
  throw new CliError('FILE_NOT_FOUND', `Cannot read ${path}: ${describeError(cause)}`, {
    cause,
    ...(fix === undefined ? {} : { fix }),
  });
}
