import type { HeaderEntry, Text } from '../request-types.ts';

/** `setheader`: replaces or creates, `skip` only creates, `append` adds a further value. */
export function setHeaderEntry(
  headers: readonly HeaderEntry[],
  name: string,
  value: Text,
  existsAction: string,
): readonly HeaderEntry[] {
  if (name === '') return headers;
  const isSame = (header: HeaderEntry) => header.name.toLowerCase() === name.toLowerCase();
  if (existsAction === 'skip' && headers.some(isSame)) return headers;
  if (existsAction === 'append') return [...headers, { name, value }];
  return [...headers.filter((header) => !isSame(header)), { name, value }];
}
