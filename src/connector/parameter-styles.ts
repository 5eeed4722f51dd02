/** How lists and objects are written: OpenAPI's words, and `tabDelimited` for Swagger's `tsv`. */
export const PARAMETER_STYLES = [
  'simple',
  'label',
  'matrix',
  'form',
  'spaceDelimited',
  'pipeDelimited',
  'tabDelimited',
  'deepObject',
] as const;

export type ParameterStyle = (typeof PARAMETER_STYLES)[number];
