import { isJsonObject, type Json } from '../../base/index.ts';
import { toText } from '../request/serialize.ts';
import type { PolicyStep } from '../types.ts';
import { parseBodyPath } from './body-path.ts';
import { findPolicyTemplate } from './policy-templates.ts';
import type { PolicyParameter } from './policy-types.ts';

/** Parameters that must be a path of the body. */
const PATHS =
  /^(?:propertyParentPath|newPropertyPath|newPropertyParentPathTemplate|srcParentPath|dstParentPath|triggerDataPath|parameterValuePathTemplate)$/;

/** What is wrong with a policy, one sentence each; nothing when it can do its work. */
export function checkPolicy(step: PolicyStep): string[] {
  const template = findPolicyTemplate(step.template);
  if (template === undefined) return [`Patchbay does not know the template '${step.template}'.`];
  return template.parameters.flatMap((parameter) =>
    checkPolicyParameter(parameter, step.parameters[parameter.name]),
  );
}

/** What is wrong with the value of one parameter. */
export function checkPolicyParameter(parameter: PolicyParameter, value: Json | undefined): string[] {
  const { name, required, allowed, type } = parameter;
  if (value === undefined || value === null) return required ? [`The parameter '${name}' is missing.`] : [];
  if (type === 'object') return isJsonObject(value) ? [] : [`The parameter '${name}' must be an object.`];
  const text = toText(value);
  if (type === 'integer' && !/^\s*\d+\s*$/.test(text))
    return [`The parameter '${name}' must be a whole number.`];
  if (PATHS.test(name) && text !== '' && parseBodyPath(text) === undefined) {
    return [`The parameter '${name}' must be a path such as @body().a, not '${text}'.`];
  }
  const isAllowed =
    allowed === undefined ||
    text === '' ||
    allowed.some((one) => one.toLowerCase() === text.trim().toLowerCase());
  return isAllowed ? [] : [`The parameter '${name}' must be one of ${allowed.join(', ')}, not '${text}'.`];
}
