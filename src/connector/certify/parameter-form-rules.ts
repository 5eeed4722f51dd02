import { isJsonObject, joinPointer } from '../../base/index.ts';
import { aboutParameters as about, type ParameterFound } from './about-parameters.ts';
import { nameOf } from './operation-name.ts';
import type { CertificationRule, CertifiedParameter, CertifyContext, Found } from './types.ts';

/** A member that means nothing there, and can be taken out. */
function without({ pointer }: CertifiedParameter, member: string, message: string): ParameterFound {
  const place = joinPointer(pointer, member);
  return { pointer: place, message, fix: [{ part: 'document', pointer: place }] };
}

/** Hosts list inputs by name alone: two of one name have to be the same to people. */
function* checkSameNames({ operations }: CertifyContext): Iterable<Found> {
  for (const one of operations) {
    const first = new Map<string, CertifiedParameter>();
    for (const parameter of one.parameters) {
      const other = first.get(parameter.name) ?? parameter;
      first.set(parameter.name, other);
      const isSame =
        JSON.stringify(other.schema['type']) === JSON.stringify(parameter.schema['type']) &&
        other.isInternal === parameter.isInternal;
      if (isSame) continue;
      const message = `'${parameter.name}' of ${nameOf(one)} is there in the ${other.in} and in the ${parameter.in}, with another type or visibility.`;
      yield { pointer: parameter.pointer, message };
    }
  }
}

/** `/items/{id=7}`, `/items/{}`, `/items/{id`. */
function describeTemplate(path: string): string | undefined {
  if (/\{[^{}]*=[^{}]*\}/.test(path)) return 'gives a variable a default; defaults stand in the parameter';
  if (/\{\s*\}/.test(path)) return 'has a variable without a name';
  return /[{}]/.test(path.replace(/\{[^{}]+\}/g, '')) ? 'has a bracket without its counterpart' : undefined;
}

function* checkTemplates({ document }: CertifyContext): Iterable<Found> {
  for (const path of Object.keys(isJsonObject(document['paths']) ? document['paths'] : {})) {
    const wrong = path.startsWith('x-') ? undefined : describeTemplate(path);
    if (wrong !== undefined)
      yield { pointer: joinPointer('/paths', path), message: `The path '${path}' ${wrong}.` };
  }
}

/** Rules about how parameters are written. */
export const PARAMETER_FORM_RULES: readonly CertificationRule[] = [
  {
    id: 'CERT-PATH-TEMPLATE',
    severity: 'error',
    title: 'The variables of a path are names in curly brackets, without defaults.',
    aliases: ['OperationPathTemplateNotValid', 'OperationPathVariablesContainDefaults'],
    check: checkTemplates,
  },
  {
    id: 'CERT-PARAM-ENCODING',
    severity: 'warning',
    title: 'Only path parameters say how they are encoded (`x-ms-url-encoding`): `single` or `double`.',
    aliases: ['QueryParameterEncodingNotSupported', 'JsonValueNotInEnum'],
    fixes: true,
    check: about((parameter, one) => {
      const encoding = parameter.written['x-ms-url-encoding'];
      if (encoding === undefined) return undefined;
      if (parameter.in !== 'path')
        return without(
          parameter,
          'x-ms-url-encoding',
          `'${parameter.name}' of ${nameOf(one)} is always encoded once in the ${parameter.in}.`,
        );
      return encoding === 'single' || encoding === 'double'
        ? undefined
        : {
            message: `'${parameter.name}' of ${nameOf(one)} is encoded '${String(encoding)}'; it must be single or double.`,
          };
    }),
  },
  {
    id: 'CERT-PARAM-EMPTY',
    severity: 'warning',
    title: 'Only in a query or a form a parameter may be empty (`allowEmptyValue`).',
    aliases: ['AllowEmptyValueOnlyValidForQueryFormData'],
    fixes: true,
    check: about((parameter, one) =>
      parameter.written['allowEmptyValue'] === undefined || /^(?:query|formData)$/.test(parameter.in)
        ? undefined
        : without(
            parameter,
            'allowEmptyValue',
            `'${parameter.name}' of ${nameOf(one)} cannot be empty in the ${parameter.in}.`,
          ),
    ),
  },
  {
    id: 'CERT-PARAM-SAME-NAME',
    severity: 'warning',
    title: 'Parameters of one name have one type and one visibility.',
    aliases: ['ParamtersWithSameNameMustHaveSameTypeAndVisibility'],
    check: checkSameNames,
  },
  {
    id: 'CERT-PARAM-FIELD-NAME',
    severity: 'warning',
    title: 'The name of a form field holds no quotes and no control characters.',
    aliases: ['InvalidFormDataParameterName'],
    check: about(({ name, in: place }, one) => {
      const isWrong = place === 'formData' && (name.trim() === '' || /["\p{Cc}]/u.test(name));
      return isWrong
        ? { message: `${JSON.stringify(name)} of ${nameOf(one)} is no name of a form field.` }
        : undefined;
    }),
  },
];
