import { Secret } from '../../base/index.ts';
import { toText } from '../request/serialize.ts';
import type { ConnectionValues } from '../request-types.ts';
import type { OAuthPlan } from './oauth-types.ts';

/**
 * What a connection says for the placeholders: `token:CustomHost` is `{CustomHost}`, a parameter without the
 * prefix goes by its own name. Empty values count as none.
 */
export function* readSettledValues(
  { parameter }: Pick<OAuthPlan, 'parameter'>,
  values: ConnectionValues,
): Generator<[string, string]> {
  const prefix = `${parameter}:`.toLowerCase();
  const named: [string, string][] = [];
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === undefined) continue;
    const text = value instanceof Secret ? value.reveal() : toText(value);
    const key = name.toLowerCase();
    if (text === '' || key === parameter.toLowerCase()) continue;
    if (key.startsWith(prefix)) named.push([key.slice(prefix.length), text]);
    else {
      yield [key, text];
      // A variable of the server's address may stand in the provider's too.
      if (key.startsWith('server_')) yield [key.slice('server_'.length), text];
    }
  }
  yield* named; // last, because they count more
}
