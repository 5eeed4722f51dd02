import { type Static, Type } from 'typebox';
import { Id, nameSchema, Version } from './common.ts';
import { defineEndpoint } from './define-endpoint.ts';

const tags = ['Connectors'];

export const CertificationFinding = nameSchema(
  'CertificationFinding',
  Type.Object({
    rule: Type.String({ description: '`CERT-OP-SUMMARY` …' }),
    severity: Type.Union([Type.Literal('error'), Type.Literal('warning'), Type.Literal('hint')]),
    part: Type.Union([Type.Literal('document'), Type.Literal('properties'), Type.Literal('files')]),
    pointer: Type.String({ description: 'JSON pointer into the part.' }),
    message: Type.String({ description: 'One sentence: what is wrong.' }),
    fixable: Type.Boolean({ description: 'Whether a fix mends it.' }),
  }),
);
export type CertificationFinding = Static<typeof CertificationFinding>;

const params = Type.Object({ id: Id, version: Version });
const rules = {
  new: Type.Optional(
    Type.Boolean({ description: 'It was never published: rules for new connectors are errors.' }),
  ),
  independent: Type.Optional(
    Type.Boolean({ description: 'It is published by somebody else than the owner of the service.' }),
  ),
};

export const certificationEndpoints = {
  certifyConnectorVersion: defineEndpoint({
    method: 'GET',
    path: '/api/connectors/:id/versions/:version/certification',
    summary: 'Check the rules of certification',
    description: 'What stands between this version and its publication, the gravest findings first.',
    tags,
    access: 'user',
    params,
    query: Type.Object(rules),
    response: Type.Object({ value: Type.Array(CertificationFinding) }),
  }),
  fixConnectorVersion: defineEndpoint({
    method: 'POST',
    path: '/api/connectors/:id/versions/:version/certification/fix',
    summary: 'Mend what certification asks for',
    description:
      'Mends what can be mended by rule, or the findings of one rule, and saves it as the next version. The version must be the latest. Where there is nothing to mend, none is saved.',
    tags,
    access: 'user',
    params,
    body: Type.Object({ ...rules, rule: Type.Optional(Type.String()) }),
    response: Type.Object({
      version: Type.Integer({ description: 'The latest version now.' }),
      fixed: Type.Array(CertificationFinding),
      left: Type.Array(CertificationFinding),
    }),
  }),
};
