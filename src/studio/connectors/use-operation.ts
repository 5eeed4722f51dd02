import type { Connector, OperationDetail } from '../../api/index.ts';
import { isJsonObject, type Json, type JsonObject, stringifyJson } from '../../base/index.ts';
import { nameClient, toMethodName } from '../../connector/index.ts';

/** The name of an action, as flows spell it: letters, digits and underscores. */
function nameAction({ summary, operationId }: OperationDetail): string {
  return summary.replaceAll(/[^\p{L}\p{N}]+/gu, '_').replaceAll(/^_+|_+$/g, '') || operationId;
}

/** Sample inputs as flows have them: members of a body by their path, `body/ship_to/name`. */
export function flattenInputs(sample: JsonObject, bodyName: string | undefined): JsonObject {
  return Object.fromEntries(
    Object.entries(sample).flatMap(([name, value]) =>
      name === bodyName ? flatten(name, value) : [[name, value]],
    ),
  );
}

function flatten(path: string, value: Json): [string, Json][] {
  if (!isJsonObject(value) || Object.keys(value).length === 0) return [[path, value]];
  return Object.entries(value).flatMap(([name, inner]) => flatten(`${path}/${name}`, inner));
}

/** The action or trigger of a flow that calls an operation, with sample inputs; a connection reference has the connector's name. */
export function writeStep(connector: Connector, operation: OperationDetail): JsonObject {
  const isWebhook = operation.triggerType === 'webhook';
  const step = {
    type: isWebhook ? 'OpenApiConnectionWebhook' : 'OpenApiConnection',
    inputs: {
      host: {
        connectionName: connector.name,
        operationId: operation.operationId,
        apiId: `/providers/Microsoft.PowerApps/apis/${connector.name}`,
      },
      parameters: flattenInputs(operation.sample, operation.body?.name),
      authentication: "@parameters('$authentication')",
    },
  };
  if (operation.kind === 'action') return { [nameAction(operation)]: { ...step, runAfter: {} } };
  const polls: JsonObject = isWebhook ? {} : { recurrence: { frequency: 'Minute', interval: 3 } };
  return { [nameAction(operation)]: { ...step, ...polls } };
}

/** A whole flow around it: whoever calls its URL makes it run, unless it is a trigger itself. */
export function writeFlow(connector: Connector, operation: OperationDetail): string {
  const step = writeStep(connector, operation);
  const isTrigger = operation.kind === 'trigger';
  const definition = {
    $schema:
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    parameters: {
      $connections: { type: 'Object', defaultValue: {} },
      $authentication: { type: 'SecureObject', defaultValue: {} },
    },
    triggers: isTrigger ? step : { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
    actions: isTrigger ? {} : step,
  };
  return stringifyJson(definition, 2);
}

interface Call {
  /** Where Patchbay is. */
  readonly origin: string;
  readonly connectionId: string;
  readonly operation: OperationDetail;
}

function urlOf({ origin, connectionId, operation }: Call): string {
  return `${origin}/api/connections/${connectionId}/operations/${encodeURIComponent(operation.operationId)}`;
}

/** A call as a shell command. The key is asked of the environment: no command holds one. */
export function writeCurl(call: Call): string {
  const body = stringifyJson({ parameters: call.operation.sample }, 2).replaceAll("'", `'\\''`);
  return [
    `curl ${urlOf(call)} \\`,
    '  -H "Authorization: Bearer $PATCHBAY_API_KEY" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '${body}'`,
  ].join('\n');
}

/** A call as JavaScript. */
export function writeFetch(call: Call): string {
  return `const response = await fetch(${JSON.stringify(urlOf(call))}, {
  method: 'POST',
  headers: {
    authorization: \`Bearer \${process.env.PATCHBAY_API_KEY}\`,
    'content-type': 'application/json',
  },
  body: JSON.stringify({
    parameters: ${stringifyJson(call.operation.sample, 2).replaceAll('\n', '\n    ')},
  }),
});
if (!response.ok) throw new Error(await response.text());
const { body } = await response.json();`;
}

/** A call with the connector's own client, in TypeScript: straight to the service, with types of what goes out and comes back. */
export function writeTypeScript(connector: Connector, operation: OperationDetail): string {
  const name = nameClient(connector.title);
  const secrets = connector.authentication[0]?.parameters.filter(({ secret }) => secret) ?? [];
  const credentials = secrets.map((parameter) => {
    const variable = parameter.name.replaceAll(/[^A-Za-z0-9]+/g, '_').toUpperCase();
    return `    ${JSON.stringify(parameter.name)}: () => process.env.${variable} ?? '',\n`;
  });
  const options = credentials.length === 0 ? '' : `{\n  credentials: {\n${credentials.join('')}  },\n}`;
  const inputs = Object.keys(operation.sample).length === 0 ? '' : stringifyJson(operation.sample, 2);
  return `import { ${name} } from './${connector.name}.ts';

const client = new ${name}(${options});
const result = await client.${toMethodName(operation.operationId)}(${inputs});`;
}
