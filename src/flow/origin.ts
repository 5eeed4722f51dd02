import { isJsonObject, type Json } from '../base/index.ts';

/** Where a definition was drawn: the same words have other defaults there. */
export type Origin = 'power-automate' | 'logic-apps' | 'unknown';

/** Types and triggers that only one of the two writes, by their lower-case name. */
const POWER_AUTOMATE_TYPES = new Set([
  'openapiconnection',
  'openapiconnectionwebhook',
  'openapiconnectionnotification',
]);
const LOGIC_APPS_TYPES = new Set([
  'serviceprovider',
  'function',
  'invokefunction',
  'apimanagement',
  'sendtobatch',
  'javascriptcode',
  'slidingwindow',
  'agent',
]);
const POWER_AUTOMATE_KINDS = new Set(['button', 'powerapp', 'powerappv2', 'skills', 'virtualagent']);

/**
 * Tells where a definition comes from by what only one of the two products writes: Power Automate's
 * `$authentication` parameter, `apiId`, buttons and API tokens; Logic Apps' references into `$connections` and
 * built-in operations. A definition with neither, such as a hand-written one, is `unknown`.
 */
export function detectOrigin(definition: Json): Origin {
  const found = { automate: 0, logic: 0 };
  visit(definition, found, 0);
  if (found.automate > 0) return 'power-automate';
  return found.logic > 0 ? 'logic-apps' : 'unknown';
}

function visit(value: Json, found: { automate: number; logic: number }, depth: number): void {
  if (depth > 200) return;
  if (typeof value === 'string') {
    if (value.includes('X-MS-APIM-Tokens')) found.automate++;
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) visit(item, found, depth + 1);
    return;
  }
  if (!isJsonObject(value)) return;
  const type = typeof value.type === 'string' ? value.type.toLowerCase() : '';
  const kind = typeof value.kind === 'string' ? value.kind.toLowerCase() : '';
  if (Object.hasOwn(value, '$authentication') || POWER_AUTOMATE_TYPES.has(type)) found.automate++;
  if (type === 'request' && POWER_AUTOMATE_KINDS.has(kind)) found.automate++;
  if (typeof value.workflowReferenceName === 'string') found.automate++;
  if (LOGIC_APPS_TYPES.has(type) && (isJsonObject(value.inputs) || type === 'slidingwindow')) found.logic++;
  if (type === 'apiconnection' || type === 'apiconnectionwebhook') found.logic++;
  for (const item of Object.values(value)) visit(item, found, depth + 1);
}
