import { isJsonObject, type Json } from '../../../base/index.ts';
import { objectOf, type PostmanWork, toText } from './work.ts';

/** What stands before the path of each URL: a variable that holds the address of the first server. */
export function toBase(servers: Json | undefined, work: PostmanWork): string {
  const [server] = [servers ?? []].flat();
  if (!isJsonObject(server)) return '';
  const url = toText(server['url']).trim().replace(/\/+$/, '');
  const [, whole] = /^\{([^{}]+)\}$/.exec(url) ?? [];
  const filled = url.replace(/\{([^{}]+)\}/g, (_match, name: string) => {
    const value = toText(objectOf(objectOf(server['variables'])[name])['default']);
    if (value === '') work.variables.leaveOpen(name);
    else work.variables.addExactly(name, value);
    return `{{${name}}}`;
  });
  const isOpen = whole !== undefined && objectOf(objectOf(server['variables'])[whole])['default'] === '';
  return url === '' || isOpen ? filled : `{{${work.variables.add('baseUrl', filled)}}}`;
}
