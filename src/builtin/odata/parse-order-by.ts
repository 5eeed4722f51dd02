import { ODataError } from './errors.ts';
import { readTokens } from './tokens.ts';
import type { Order } from './types.ts';

/**
 * Reads `$orderby`: columns, each with an optional `asc` or `desc`, separated by commas.
 *
 * @throws ODataError
 */
export function parseOrderBy(text: string): Order[] {
  const orders: Order[] = [];
  const tokens = readTokens(text, '$orderby');
  let index = 0;
  while (tokens[index] !== undefined && tokens[index]?.kind !== 'end') {
    const column = tokens[index++];
    if (column?.kind !== 'word') throw describeUnexpected(column, 'a column');
    const direction = tokens[index]?.text.toLowerCase();
    if (direction === 'asc' || direction === 'desc') index++;
    orders.push({
      field: { name: column.text, position: column.position },
      descending: direction === 'desc',
    });
    const separator = tokens[index];
    if (separator?.kind === 'end') break;
    if (separator?.text !== ',') throw describeUnexpected(separator, "'asc', 'desc', a comma or the end");
    index++;
  }
  return orders;
}

function describeUnexpected(
  token: { text: string; position: number } | undefined,
  expected: string,
): ODataError {
  const message = `there is “${token?.text ?? ''}” where ${expected} was expected.`;
  return ODataError.at('ODATA_SYNTAX', '$orderby', token?.position ?? 0, message);
}
