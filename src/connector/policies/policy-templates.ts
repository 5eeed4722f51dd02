import type { PolicyTemplate } from './policy-types.ts';
import { convertArrayToObject } from './templates/convert-array-to-object.ts';
import { convertObjectToArray } from './templates/convert-object-to-array.ts';
import { dynamicHostUrl, dynamicSubdomain } from './templates/dynamic-host-url.ts';
import { encodePropertyValue } from './templates/encode-property-value.ts';
import { moveProperties } from './templates/move-properties.ts';
import { pollingTrigger } from './templates/polling-trigger.ts';
import { routeRequest } from './templates/route-request.ts';
import { setConnectionStatus } from './templates/set-connection-status.ts';
import { setHeader } from './templates/set-header.ts';
import { setProperty } from './templates/set-property.ts';
import { setQueryParameter } from './templates/set-query-parameter.ts';
import { setValueFromUrl } from './templates/set-value-from-url.ts';
import { stringReplace } from './templates/string-replace.ts';
import { stringToArray } from './templates/string-to-array.ts';
import { updateNextLink } from './templates/update-next-link.ts';

/** All policy templates, in the order in which a gallery shows them. */
export const POLICY_TEMPLATES: readonly PolicyTemplate[] = [
  setHeader,
  setQueryParameter,
  setProperty,
  dynamicHostUrl,
  dynamicSubdomain,
  routeRequest,
  setValueFromUrl,
  convertArrayToObject,
  convertObjectToArray,
  stringToArray,
  stringReplace,
  encodePropertyValue,
  moveProperties,
  updateNextLink,
  pollingTrigger,
  setConnectionStatus,
];

const BY_ID: ReadonlyMap<string, PolicyTemplate> = new Map(
  POLICY_TEMPLATES.map((template) => [template.templateId.toLowerCase(), template]),
);

/** A template by its id, whatever its case. */
export function findPolicyTemplate(templateId: string): PolicyTemplate | undefined {
  return BY_ID.get(templateId.toLowerCase());
}
