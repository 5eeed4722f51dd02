import type { JsonObject } from '../../../base/index.ts';
import { compileConnector } from '../../compile/compile-connector.ts';
import type { ConnectorDefinition } from '../../definition-types.ts';
import { listOperations } from '../../operations.ts';
import { toCredentials, toRuleCredentials } from './credentials.ts';
import { Folders } from './folders.ts';
import { type Shared, toItems } from './items.ts';
import { toBase } from './servers.ts';
import { VariableList } from './variable-list.ts';
import type { PostmanWork } from './work.ts';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/**
 * A Postman 2.1 collection: a folder per tag, credentials and the address as variables, examples as samples and
 * saved answers. A definition that was made of a collection comes out such that the same one is made of it again.
 */
export function toPostman(definition: ConnectorDefinition): JsonObject {
  const connector = compileConnector(definition);
  const work: PostmanWork = {
    document: definition.openapi,
    connector,
    variables: new VariableList(),
    onlySamples: definition.source.format.startsWith('postman'),
  };
  const shared: Shared = {
    base: toBase(definition.openapi['servers'] ?? [{ url: connector.baseUrl }], work),
    credentials: findCredentials(work),
  };
  const folders = new Folders(definition.openapi['tags']);
  for (const place of listOperations(definition.openapi)) {
    folders.add(place.operation['tags'], toItems(place, shared, work));
  }
  folders.addEmpty();
  const { auth } = shared.credentials;
  return {
    info: {
      name: connector.title,
      description: String(infoOf(definition)['description'] ?? ''),
      version: connector.version,
      schema: SCHEMA,
    },
    item: folders.items,
    ...(auth === undefined ? {} : { auth }),
    variable: work.variables.list(),
  };
}

function infoOf({ openapi }: ConnectorDefinition): JsonObject {
  return openapi['info'] as JsonObject;
}

/** As the document says; else as the properties of the package do. */
function findCredentials(work: PostmanWork): Shared['credentials'] {
  const { security } = work.document;
  if (Array.isArray(security)) return toCredentials(security[0], work);
  return work.onlySamples
    ? toCredentials(undefined, work)
    : toRuleCredentials(work.connector.authenticationMethod().credentials, work);
}
