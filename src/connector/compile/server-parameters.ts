import type { CompiledServer, ConnectionParameter, PolicyStep } from '../types.ts';
import { isAbsolute } from './compile-servers.ts';
import { createConnectionParameter } from './connection-parameters.ts';

/** The connection parameter that replaces the server of the document. */
export const SERVER_URL = 'server_url';

/** The connection parameter that fills a variable of the server's URL. */
export function serverVariable(name: string): string {
  return `server_${name.replace(/\W+/g, '_')}`;
}

/**
 * What a connection must say about the place of the service: its address where the document names none, which of
 * several, and the variables of the URL.
 */
export function createServerParameters(
  servers: readonly CompiledServer[],
  policies: readonly PolicyStep[],
): ConnectionParameter[] {
  if (policies.some(({ template }) => template === 'dynamichosturl' || template === 'dynamicsubdomain'))
    return [];
  const absolute = servers.filter((server) => isAbsolute(server.url));
  const [first] = absolute;
  if (first === undefined) return [createAddress('The address of the service.', true)];
  const open = new Map(absolute.toReversed().flatMap(({ variables }) => Object.entries(variables)));
  const isOne = absolute.length === 1;
  // What only another server needs is not needed by all.
  const variables = [...open].map(([name, variable]) => {
    const parameter = createVariable(name, variable);
    return Object.hasOwn(first.variables, name) ? parameter : { ...parameter, required: false };
  });
  if (isOne) return variables;
  const allowedValues = absolute.map(({ url, description }) => {
    return { value: url, title: description === '' ? url : `${description} (${url})` };
  });
  const address = createAddress('Which of the servers to call.', false);
  return [{ ...address, defaultValue: first.url, allowedValues }, ...variables];
}

/** What the addresses of single operations leave open: variables without a default. */
export function createOpenVariables(servers: readonly CompiledServer[]): ConnectionParameter[] {
  const open = servers.flatMap(({ variables }) => {
    return Object.entries(variables).filter(([, variable]) => variable.default === '');
  });
  return [...new Map(open)].map(([name, variable]) => createVariable(name, variable));
}

function createAddress(description: string, required: boolean): ConnectionParameter {
  return createConnectionParameter({
    name: SERVER_URL,
    type: 'string',
    title: 'Server',
    description,
    required,
  });
}

function createVariable(name: string, variable: CompiledServer['variables'][string]): ConnectionParameter {
  const allowed = variable.enum?.map((value) => ({ value, title: value }));
  return createConnectionParameter({
    name: serverVariable(name),
    type: 'string',
    title: name,
    description: `Part of the server's address.`,
    required: variable.default === '',
    ...(variable.default === '' ? {} : { defaultValue: variable.default }),
    ...(allowed === undefined ? {} : { allowedValues: allowed }),
  });
}
