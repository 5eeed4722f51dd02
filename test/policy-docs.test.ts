/**
 * docs/policies.md is written from the table of templates, examples included, so neither can say what the other
 * does not. After a change of a template: `npm test -- test/policy-docs.test.ts -u`.
 */
import { expect, test } from 'vitest';
import {
  POLICY_TEMPLATES,
  type PolicyExample,
  type PolicyParameter,
  type PolicyTemplate,
} from '../src/connector/index.ts';

const INTRODUCTION = `# Policies

A policy changes a request on its way out or an answer on its way back, without code. Policies stand in
\`policyTemplateInstances\` of a connector's \`apiProperties.json\`, as the Power Platform writes them, and run in
the order of that list: those of section \`Request\` before the call, after the credentials were added; those of
section \`Response\` after it; those of section \`Failure\` after it when the answer is a 4xx or 5xx.

\`\`\`json
{
  "templateId": "setheader",
  "title": "The site in a header",
  "parameters": {
    "x-ms-apimTemplateParameter.name": "X-Site",
    "x-ms-apimTemplateParameter.value": "@connectionParameters('site','north')",
    "x-ms-apimTemplate-policySection": "Request",
    "x-ms-apimTemplate-operationName": ["ListDoors"]
  }
}
\`\`\`

The tables below leave out the prefix \`x-ms-apimTemplateParameter.\`. Without \`operationName\`, or with an empty
one, a policy is for every operation. A template nobody knows is kept, warned of at import, and skipped; the trace of a
call shows each policy that ran, and why one had no effect.

## Expressions

| expression | is |
| --- | --- |
| \`@connectionParameters('name')\`, \`@connectionParameters('name','default')\` | a parameter of the connection |
| \`@headers('name')\`, \`@headers('name','default')\` | a header of the request; in answers the answer's, else the request's |
| \`@queryParameters('name')\`, \`@queryParameters('name','default')\` | a parameter of the query |
| \`@body()\`, \`@body().a[0]['b.c']\` | the body, or what is in it |
| \`@item()\`, \`@item().a\` | the member at hand, where the parent is a list |
| \`@triggerBody()\`, \`@{triggerBody().value[0].id}\` | the answer of a poll, in \`pollingtrigger\` |
| \`@Request.OriginalHTTPMethod\` | the method of the operation, in \`routerequesttoendpoint\` |
| \`{name}\` | a path parameter of the operation, in \`newPath\` and \`parameterValueUrl\` |

\`@{…}\` delimits an expression within text. What is missing and has no default is empty text. Other cases of letters
and the misspellings in circulation (\`@queryParamters\`, \`@header\`, curly quotes, a path without its \`@\`) are
understood. A policy that changes the body needs a JSON body; on any other it has no effect.

## Templates
`;

test('docs/policies.md says what the templates say, with the examples that the tests run', async () => {
  const pages = [INTRODUCTION, renderOverview(), ...POLICY_TEMPLATES.map(renderTemplate)];
  await expect(`${pages.join('\n').trimEnd()}\n`).toMatchFileSnapshot('../docs/policies.md');
});

function renderOverview(): string {
  const rows = POLICY_TEMPLATES.map(({ templateId, title, sections }) => {
    return `| [\`${templateId}\`](#${templateId}) | ${title} | ${sections.join(', ')} |`;
  });
  return ['| template | | sections |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

function renderTemplate({ templateId, title, description, parameters, examples }: PolicyTemplate): string {
  return [
    `### ${templateId}`,
    '',
    `**${title}.** ${description}`,
    '',
    '| parameter | | required | default |',
    '| --- | --- | --- | --- |',
    ...parameters.map(renderParameter),
    '',
    ...examples.map(renderExample),
  ].join('\n');
}

function renderParameter({ name, description, required, allowed, default: value }: PolicyParameter): string {
  const choice = allowed === undefined ? '' : ` One of ${allowed.map((one) => `\`${one}\``).join(', ')}.`;
  const fallback = value === undefined ? '' : `\`${value}\``;
  return `| \`${name}\` | ${description}${choice} | ${required ? 'yes' : ''} | ${fallback} |`;
}

function renderExample({ title, before, after, ...rest }: PolicyExample): string {
  const { parameters, section, ...given } = rest;
  const shown = { section, parameters, ...given, before, after };
  const lines = Object.entries(shown).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return [`${title}:`, '', '```yaml', ...lines, '```', ''].join('\n');
}
