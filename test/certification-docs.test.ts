/**
 * docs/certification.md is written from the rules, so neither can say what the other does not. After a change of a
 * rule: `npm test -- test/certification-docs.test.ts -u`.
 */
import { expect, test } from 'vitest';
import { CERTIFICATION_GROUPS } from '../src/connector/index.ts';

const INTRODUCTION = `# Certification

A connector that is to be published for everybody is checked by rules: on its texts, its operations, its answers and its
package. Patchbay knows them, says where a connector breaks one and why, and mends what can be mended by rule.

\`\`\`sh
patchbay connector certify ./MyConnector               # errors and warnings, with their place; ends with 1 for an error
patchbay connector certify ./MyConnector --hints       # hints too
patchbay connector certify ./MyConnector --fix         # mends what can be mended, and writes the package back
patchbay connector certify api.yaml --fix -o mended.yaml
\`\`\`

On the page of a connector, the card *Certification* shows the same, with a button for each rule that can be mended; what
it mends becomes a new version. Over HTTP: \`GET /api/connectors/{id}/versions/{version}/certification\` and
\`POST …/certification/fix\`.

An **error** blocks certification, a **warning** is asked about, a **hint** makes a connector read better. Some rules are
younger than many published connectors: they are errors for a connector that was never published (\`--new\`), warnings for
others. \`--independent\` adds the rules for those who publish a connector for a service that is not theirs. The
places are JSON pointers: into the definition as Patchbay keeps it (OpenAPI 3.1), or into apiProperties.json.

A fix changes texts, flags and keys whose right value follows from the rule. It never renames an operation or a
parameter, since that breaks the flows that use it. \`--fix\` writes the whole document anew, in the format it came in.

## Rules

The names in the last column are those of the certification's own validator, where its name is known; one of them
may stand for several rules here.
`;

/** Rules of the certification that a definition cannot break, since an export writes what they ask, and those left out. */
const GUARANTEED = `### Always kept

Some rules need no check, because every package that Patchbay writes keeps them:

- the version of the format (SpecificationVersionIncorrect), the form of host, base path and schemes (HostNameNotValid,
  BasePathNotValid, SchemesArrayEmpty, SchemeNotValid, SchemeNotSupported);
- at most one body and no form beside it (OperationParametersContainMultipleBodyParameters,
  PathParametersContainMultipleBodyParameters, ParameterListContainsFormDataAndBody), with its media type
  (ConsumesMissing); a schema for each body and for nothing else (BodyParameterSchemaRequired,
  NonBodyParameterSchemaNotValid);
- no keywords of OpenAPI 3 (SwaggerKeywordNotSupported); files as \`type: file\` in forms only (SchemaTypeFileNotValid);
  lists written in the ways that Swagger has (CollectionFormatValueNotSupported); an exclusive bound beside its bound
  (ExclusiveMaximumRequiresMaximum, ExclusiveMinimumRequiresMinimum);
- examples under the media type that is answered (ResponseExampleMustBeProducedByOperation);
- apiProperties.json that parses.

What breaks those who use a version before it is told by \`patchbay connector diff\`.

### Left out

- MimeTypeNotSupported and OneOfPropertiesRequired: which media types are supported, and which of what is required, is
  not published.
- Whether a title is taken, whether a sample flow finds the actions, and what else only the portal or the people who
  certify can know.

The validator does not publish its severities, nor its limits on the number and depth of schemas: those here are
Patchbay's own, and lie above what certified connectors have.
`;

test('docs/certification.md says what the rules say', async () => {
  const groups = CERTIFICATION_GROUPS.map(({ title, rules }) =>
    [
      `### ${title}`,
      '',
      '| rule | | | mended | |',
      '| --- | --- | --- | --- | --- |',
      ...rules.map((rule) => {
        const severity =
          rule.severityWhenNew === undefined
            ? rule.severity
            : `${rule.severity}; ${rule.severityWhenNew} when new`;
        const cells = [
          `\`${rule.id}\``,
          severity,
          rule.title,
          rule.fixes ? 'yes' : '',
          rule.aliases?.join(', ') ?? '',
        ];
        return `| ${cells.join(' | ')} |`;
      }),
      '',
    ].join('\n'),
  );
  await expect(`${[INTRODUCTION, ...groups, GUARANTEED].join('\n').trimEnd()}\n`).toMatchFileSnapshot(
    '../docs/certification.md',
  );
});
