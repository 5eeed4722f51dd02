import { joinPointer } from '../../base/index.ts';
import { decodeBase64 } from '../base64.ts';
import { firstText } from '../compile/text.ts';
import { readPngSize } from './png-size.ts';
import type { CertificationRule, CertifyContext, Found } from './types.ts';
import { saysTheSame } from './words.ts';

const COLOR = '/iconBrandColor';
const INDEPENDENT_COLOR = '#da3b01';
const BANNED_COLORS = new Set(['#007ee5', '#ffffff']);
const ICON = { name: 'icon.png', least: 100, most: 230, maxBytes: 1024 * 1024 };
const SECTIONS = [
  'Publisher',
  'Prerequisites',
  'Supported Operations',
  'Obtaining Credentials',
  'Known Issues and Limitations',
];

const colorOf = ({ properties }: CertifyContext) => firstText(properties['iconBrandColor']);

function findFile({ definition }: CertifyContext, name: string): string | undefined {
  return Object.entries(definition.files).find(([path]) => path.toLowerCase() === name)?.[1];
}

/** A member of apiProperties.json that must be there. */
function requireMember(member: string) {
  return ({ properties }: CertifyContext): Found[] =>
    firstText(properties[member]) === ''
      ? [
          {
            part: 'properties',
            pointer: joinPointer('', member),
            message: `apiProperties.json has no ${member}.`,
          },
        ]
      : [];
}

function checkIcon(context: CertifyContext): Found[] {
  const base64 = findFile(context, ICON.name);
  if (context.isIndependent) return [];
  const found = (message: string): Found[] => [
    { part: 'files', pointer: joinPointer('', ICON.name), message },
  ];
  if (base64 === undefined) return found(`There is no ${ICON.name}; the package needs one.`);
  const bytes = decodeBase64(base64) ?? new Uint8Array();
  const size = readPngSize(bytes);
  if (size === undefined) return found(`${ICON.name} is no PNG image.`);
  const { width, height } = size;
  const isOfSize = width === height && width >= ICON.least && width <= ICON.most;
  if (!isOfSize)
    return found(`${ICON.name} is ${width} × ${height} pixels; a square of 100 to 230 is asked for.`);
  return bytes.length > ICON.maxBytes ? found(`${ICON.name} is larger than a megabyte.`) : [];
}

function checkReadme(context: CertifyContext): Found[] {
  const base64 = findFile(context, 'readme.md');
  const text = new TextDecoder().decode(decodeBase64(base64 ?? '') ?? new Uint8Array());
  if (base64 === undefined) return [];
  const headings = text.split('\n').filter((line) => /^\s*#/.test(line));
  const missing = SECTIONS.filter((section) => {
    return !headings.some((heading) => heading.toLowerCase().includes(section.toLowerCase()));
  });
  return missing.map((section) => ({
    part: 'files',
    pointer: '/readme.md',
    message: `readme.md has no section '${section}'.`,
  }));
}

export const PACKAGE_RULES: readonly CertificationRule[] = [
  {
    id: 'CERT-COLOR',
    severity: 'error',
    title: 'The colour of the icon is there, as `#rrggbb`.',
    check: (context) => {
      const color = colorOf(context);
      if (/^#[\da-f]{6}$/i.test(color)) return [];
      const message =
        color === ''
          ? 'The connector names no colour for its icon (iconBrandColor).'
          : `'${color}' is no colour like #1a2b3c.`;
      return [{ part: 'properties', pointer: COLOR, message }];
    },
  },
  {
    id: 'CERT-COLOR-BANNED',
    severity: 'error',
    title: 'The colour is neither white nor the one of the template.',
    check: (context) =>
      BANNED_COLORS.has(colorOf(context).toLowerCase())
        ? [{ part: 'properties', pointer: COLOR, message: `The colour ${colorOf(context)} is not allowed.` }]
        : [],
  },
  {
    id: 'CERT-COLOR-IP',
    severity: 'error',
    title: 'The colour of independent publishers is #da3b01.',
    fixes: true,
    check: (context) =>
      !context.isIndependent || colorOf(context).toLowerCase() === INDEPENDENT_COLOR
        ? []
        : [
            {
              part: 'properties',
              pointer: COLOR,
              message: `The colour of an independent publisher is ${INDEPENDENT_COLOR}.`,
              fix: [{ part: 'properties', pointer: COLOR, value: INDEPENDENT_COLOR }],
            },
          ],
  },
  {
    id: 'CERT-ICON-IP',
    severity: 'error',
    title: 'Independent publishers ship no icon.',
    check: (context) =>
      context.isIndependent && findFile(context, ICON.name) !== undefined
        ? [{ part: 'files', pointer: joinPointer('', ICON.name), message: `${ICON.name} must be left out.` }]
        : [],
  },
  {
    id: 'CERT-ICON',
    severity: 'warning',
    title: 'The package has `icon.png`, a square of 100 to 230 pixels and at most a megabyte.',
    check: checkIcon,
  },
  {
    id: 'CERT-PUBLISHER',
    severity: 'warning',
    severityWhenNew: 'error',
    title: 'apiProperties.json names the publisher.',
    check: requireMember('publisher'),
  },
  {
    id: 'CERT-STACKOWNER',
    severity: 'warning',
    severityWhenNew: 'error',
    title: 'apiProperties.json names the owner of the service (`stackOwner`).',
    check: requireMember('stackOwner'),
  },
  {
    id: 'CERT-OWNER-DIFFERENT',
    severity: 'hint',
    title: 'An independent publisher is not the owner of the service.',
    check: ({ isIndependent, properties }) => {
      const [publisher, owner] = [firstText(properties['publisher']), firstText(properties['stackOwner'])];
      if (!isIndependent || publisher === '' || !saysTheSame(publisher, owner)) return [];
      return [
        {
          part: 'properties',
          pointer: '/stackOwner',
          message: 'Publisher and owner of the service are the same.',
        },
      ];
    },
  },
  {
    id: 'CERT-README',
    severity: 'warning',
    severityWhenNew: 'error',
    title: 'The package has a `readme.md`.',
    check: (context) =>
      findFile(context, 'readme.md') === undefined
        ? [{ part: 'files', pointer: '/readme.md', message: 'There is no readme.md.' }]
        : [],
  },
  {
    id: 'CERT-README-SECTIONS',
    severity: 'warning',
    title: `\`readme.md\` has the sections ${SECTIONS.join(', ')}.`,
    check: checkReadme,
  },
];
