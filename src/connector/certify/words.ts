/** Names that a title, summary or description must not hold; as the validator lists them. */
export const FORBIDDEN_PRODUCTS = /\b(?:power ?apps|power automate|logic apps)\b/i;
/** Others of the same maker, which the guidelines name. */
export const OTHER_PRODUCTS =
  /\b(?:power ?platform|power ?bi|power virtual agents|copilot studio|microsoft flow|dataverse|azure logic apps)\b/i;
export const RESTRICTED_WORDS = /\b(?:api|connector)\b/i;

export const CATEGORIES: readonly string[] = [
  'AI',
  'Business Intelligence',
  'Business Management',
  'Collaboration',
  'Commerce',
  'Communication',
  'Content and Files',
  'Data',
  'Finance',
  'Human Resources',
  'Internet of Things',
  'IT Operations',
  'Lifestyle and Entertainment',
  'Marketing',
  'Productivity',
  'Sales and CRM',
  'Security',
  'Social Media',
  'Website',
];

/** `Get label by id` of `getLabelById`, `label_id` or `x-label-id`. */
export function toWords(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const text = words.map((word) => (/^[A-Z\d]{2,}$/.test(word) ? word : word.toLowerCase())).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Whether two texts say the same but for case, blanks and the last stop. */
export function saysTheSame(a: string, b: string): boolean {
  const plain = (text: string) =>
    text
      .trim()
      .replace(/[.!?…]+$/, '')
      .replace(/\s+/g, ' ')
      .toLowerCase();
  return plain(a) === plain(b);
}

export function endsSentence(text: string): boolean {
  return /[.!?…:;)\]]["'”’)]?$/.test(text.trim());
}

export function isUrl(text: string): boolean {
  return /^https?:\/\/[^\s/]+/i.test(text.trim()) && URL.canParse(text.trim());
}
