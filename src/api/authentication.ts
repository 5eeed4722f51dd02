import { type Static, Type } from 'typebox';
import { JsonValue, nameSchema } from './common.ts';

/** One field of the form that makes a connection. */
export const ConnectionParameter = nameSchema(
  'ConnectionParameter',
  Type.Object({
    name: Type.String(),
    title: Type.String(),
    description: Type.Optional(Type.String()),
    hint: Type.Optional(Type.String({ description: 'The tooltip of the definition.' })),
    type: Type.Union([
      Type.Literal('string'),
      Type.Literal('securestring'),
      Type.Literal('int'),
      Type.Literal('bool'),
    ]),
    clearText: Type.Optional(Type.Boolean({ description: 'Readable while it is typed.' })),
    dependencies: Type.Optional(
      Type.Record(Type.String(), Type.Array(JsonValue), {
        description: 'Asked for only when each named parameter has one of the values.',
      }),
    ),
    secret: Type.Boolean({ description: 'Sealed when stored and never returned.' }),
    required: Type.Boolean(),
    hidden: Type.Optional(Type.Boolean({ description: 'Not asked for: the default is taken.' })),
    default: Type.Optional(JsonValue),
    options: Type.Optional(
      Type.Array(Type.Object({ value: Type.String(), title: Type.String() }), {
        description: 'The only values there are.',
      }),
    ),
  }),
);
export type ConnectionParameter = Static<typeof ConnectionParameter>;

/** One way to connect: a connector has at least one, and each is named when there are several. */
export const AuthenticationMethod = nameSchema(
  'AuthenticationMethod',
  Type.Object({
    type: Type.String({ description: '`none`, `apiKey`, `basic`, `bearer`, `oauth2` …' }),
    parameterSet: Type.Optional(
      Type.String({ description: 'Name of the connection parameter set, where the connector has sets.' }),
    ),
    title: Type.String({ description: 'API key, Basic authentication …' }),
    description: Type.Optional(Type.String()),
    signIn: Type.Optional(
      Type.Boolean({ description: 'A person signs in at the identity provider, with `signInConnection`.' }),
    ),
    provider: Type.Optional(Type.String({ description: 'The identity provider, as people know it.' })),
    supported: Type.Boolean({ description: 'False for a method that this version cannot connect with.' }),
    parameters: Type.Array(ConnectionParameter),
  }),
);
export type AuthenticationMethod = Static<typeof AuthenticationMethod>;
