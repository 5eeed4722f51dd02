import type { OAuthPlan } from './oauth-types.ts';
import { listPlaceholders, REQUEST_PLACEHOLDERS } from './placeholders.ts';

/** Names that a method's templates ask for and nothing gives: a connection has to. */
export function listUnknownPlaceholders(plan: OAuthPlan, known: readonly string[]): string[] {
  const names = new Set(known.map((name) => name.toLowerCase()));
  const has = (name: string) =>
    names.has(name) || names.has(`${plan.parameter.toLowerCase()}:${name}`) || names.has(`server_${name}`);
  const used = [plan.authorization, plan.token, plan.refresh].flatMap(({ url, query, body }) => [
    ...listPlaceholders(url),
    ...listPlaceholders(query),
    ...listPlaceholders(body),
  ]);
  const more = [
    ...Object.values(plan.authorizationParameters),
    ...Object.values(plan.tokenParameters),
    ...plan.scopes,
  ];
  return [...new Set([...used, ...more.flatMap(listPlaceholders)])].filter(
    (name) => !REQUEST_PLACEHOLDERS.has(name) && plan.placeholders[name] === undefined && !has(name),
  );
}
