import { firstText } from '../compile/text.ts';
import type { CertificationRule, CertifyContext, Found } from './types.ts';
import { FORBIDDEN_PRODUCTS, OTHER_PRODUCTS, RESTRICTED_WORDS } from './words.ts';

const TITLE = '/info/title';
const DESCRIPTION = '/info/description';
const MAX_TITLE = 30;
const DESCRIPTION_RANGE = { least: 30, most: 500 };

/** A rule about one text that must be there for the rule to speak. */
function aboutTitle(check: (title: string) => string | undefined, mend?: (title: string) => string) {
  return ({ info }: CertifyContext): Found[] => {
    const title = firstText(info['title']);
    const message = title === '' ? undefined : check(title);
    if (message === undefined) return [];
    const mended = mend?.(title).trim() ?? '';
    const fix = [{ part: 'document', pointer: TITLE, value: mended } as const];
    return [{ pointer: TITLE, message, ...(mended === '' || mended === title ? {} : { fix }) }];
  };
}

function aboutDescription(check: (description: string) => string | undefined) {
  return ({ info }: CertifyContext): Found[] => {
    const description = firstText(info['description']);
    const message = description === '' ? undefined : check(description);
    return message === undefined ? [] : [{ pointer: DESCRIPTION, message }];
  };
}

export const TITLE_RULES: readonly CertificationRule[] = [
  {
    id: 'CERT-TITLE-REQUIRED',
    severity: 'error',
    title: 'The connector has a title.',
    check: ({ info }) =>
      firstText(info['title']) === '' ? [{ pointer: TITLE, message: 'The connector has no title.' }] : [],
  },
  {
    id: 'CERT-TITLE-LENGTH',
    severity: 'error',
    title: 'The title has at most 30 characters.',
    aliases: ['FieldLengthExceeded'],
    check: aboutTitle((title) =>
      title.length > MAX_TITLE
        ? `The title '${title}' has ${title.length} characters; at most ${MAX_TITLE} are allowed.`
        : undefined,
    ),
  },
  {
    id: 'CERT-TITLE-WORDS',
    severity: 'error',
    title: "The title does not hold the words 'API' or 'Connector'.",
    aliases: ['ValueContainsRestrictedWords'],
    fixes: true,
    check: aboutTitle(
      (title) => {
        const [word] = RESTRICTED_WORDS.exec(title) ?? [];
        return word === undefined ? undefined : `The title '${title}' holds the word '${word}'.`;
      },
      (title) => title.replace(/\b(?:api|connector)\b/gi, '').replace(/\s+/g, ' '),
    ),
  },
  {
    id: 'CERT-TITLE-PRODUCT',
    severity: 'warning',
    title: 'The title names no product of the Power Platform.',
    check: aboutTitle((title) =>
      FORBIDDEN_PRODUCTS.test(title) || OTHER_PRODUCTS.test(title)
        ? `The title '${title}' names a product of the Power Platform.`
        : undefined,
    ),
  },
  {
    id: 'CERT-TITLE-END',
    severity: 'warning',
    title: 'The title ends with a letter, a digit or a closing bracket.',
    aliases: ['ValueMustEndWithAlphanumeric'],
    fixes: true,
    check: aboutTitle(
      (title) => (/[\p{L}\p{N})\]]$/u.test(title) ? undefined : `The title '${title}' ends with a sign.`),
      (title) => title.replace(/[^\p{L}\p{N})\]]+$/u, ''),
    ),
  },
  {
    id: 'CERT-TITLE-ENGLISH',
    severity: 'warning',
    title: 'The title is written with the letters of English.',
    aliases: ['ValueMustBeInEnglish'],
    check: aboutTitle((title) => {
      const [sign] = /[^\x20-\x7e]/u.exec(title) ?? [];
      return sign === undefined ? undefined : `The title '${title}' holds '${sign}'.`;
    }),
  },
  {
    id: 'CERT-DESC-LENGTH',
    severity: 'error',
    title: 'The description has 30 to 500 characters.',
    aliases: ['FieldLengthNotInRange'],
    check: ({ info }) => {
      const { length } = firstText(info['description']);
      if (length >= DESCRIPTION_RANGE.least && length <= DESCRIPTION_RANGE.most) return [];
      const message =
        length === 0
          ? 'The connector has no description; 30 to 500 characters are asked for.'
          : `The description has ${length} characters; 30 to 500 are asked for.`;
      return [{ pointer: DESCRIPTION, message }];
    },
  },
  {
    id: 'CERT-DESC-PRODUCT',
    severity: 'error',
    title: 'The description does not name Power Apps, Power Automate or Logic Apps.',
    aliases: ['ValueContainsRestrictedWords'],
    check: aboutDescription((text) => {
      const [product] = FORBIDDEN_PRODUCTS.exec(text) ?? [];
      return product === undefined ? undefined : `The description names '${product}'.`;
    }),
  },
  {
    id: 'CERT-DESC-PRODUCT-OTHER',
    severity: 'hint',
    title: 'The description names no other product of the Power Platform.',
    check: aboutDescription((text) => {
      const [product] = OTHER_PRODUCTS.exec(text) ?? [];
      return product === undefined ? undefined : `The description names '${product}'.`;
    }),
  },
  {
    id: 'CERT-DESC-API',
    severity: 'hint',
    title: "The description does not speak of an 'API': its readers build flows.",
    check: aboutDescription((text) =>
      /\bapis?\b/i.test(text) ? "The description speaks of an 'API'." : undefined,
    ),
  },
  {
    id: 'CERT-DESC-PLAIN',
    severity: 'hint',
    title: 'The description is plain English text without addresses.',
    check: aboutDescription((text) => {
      if (/https?:\/\//i.test(text)) return 'The description holds an address of the web.';
      const [sign] = /[^\s\x20-\x7e]/u.exec(text) ?? [];
      return sign === undefined ? undefined : `The description holds '${sign}'.`;
    }),
  },
];
