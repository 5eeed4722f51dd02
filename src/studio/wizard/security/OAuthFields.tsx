import {
  Field,
  Input,
  Link,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Select,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import type { ConnectorDraft } from '../../../api/index.ts';
import {
  type DraftProblem,
  findIdentityProvider,
  IDENTITY_PROVIDERS,
  type OAuthForm,
  readOAuthForm,
  type SecuritySet,
  setOAuthForm,
} from '../../../connector/index.ts';
import { DraftSignIn } from './DraftSignIn.tsx';

const useStyles = makeStyles({
  pair: {
    display: 'grid',
    gap: tokens.spacingVerticalM,
    columnGap: tokens.spacingHorizontalL,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(240px, 100%), 1fr))',
    alignItems: 'start',
    ':empty': { display: 'none' },
  },
});

const ADDRESSES = [
  ['authorizationUrl', 'Authorization URL', 'Where people sign in and agree.'],
  ['tokenUrl', 'Token URL', 'Where Patchbay gets access tokens.'],
  ['refreshUrl', 'Refresh URL', 'Only where it is another than the token URL.'],
] as const;

interface OAuthFieldsProps {
  readonly draft: ConnectorDraft;
  readonly set: SecuritySet;
  readonly problems: readonly DraftProblem[];
  onChange(next: SecuritySet, label: string): void;
}

/** The identity provider with what it wants to know, and the application that is registered there. */
export function OAuthFields({ draft, set, problems, onChange }: OAuthFieldsProps) {
  const styles = useStyles();
  const form = readOAuthForm(set);
  const provider = findIdentityProvider(form.identityProvider);
  const isGeneric = provider?.authorizationUrl === undefined;
  const change = (next: Partial<OAuthForm>, label: string) => onChange(setOAuthForm(set, next), label);
  const readCustom = (name: string) => {
    const found = Object.entries(form.custom).find(([key]) => key.toLowerCase() === name.toLowerCase());
    return { key: found?.[0] ?? name, value: found?.[1] ?? '' };
  };
  const own = problems.filter(({ step, severity }) => step === 'security' && severity === 'error');
  return (
    <>
      <Field label="Identity provider">
        <Select
          value={provider?.name ?? 'oauth2'}
          onChange={(_, data) => change({ identityProvider: data.value }, 'Identity provider')}
        >
          {IDENTITY_PROVIDERS.map(({ name, title, proof }) => (
            <option key={name} value={name}>
              {proof === 'certificate' ? `${title} with a certificate` : title}
            </option>
          ))}
        </Select>
      </Field>
      {provider?.docs !== undefined && (
        <Link href={provider.docs} target="_blank" rel="noreferrer">
          How to register an application with {provider.title}
        </Link>
      )}
      <div className={styles.pair}>
        {isGeneric &&
          ADDRESSES.filter(([name]) => provider?.grant === undefined || name !== 'authorizationUrl').map(
            ([name, label, hint]) => {
              const { key, value } = readCustom(name);
              return (
                <Field key={name} label={label} hint={hint} required={name !== 'refreshUrl'}>
                  <Input
                    type="url"
                    placeholder="https://"
                    value={value}
                    onChange={(_, data) => change({ custom: { [key]: data.value } }, label)}
                  />
                </Field>
              );
            },
          )}
        {provider?.name === 'openidconnect' && (
          <Field
            label="Discovery address"
            hint="Ends in /.well-known/openid-configuration. With it, the other addresses may stay empty."
          >
            <Input
              type="url"
              placeholder="https://"
              value={readCustom('openIdConnectUrl').value}
              onChange={(_, data) =>
                change({ custom: { [readCustom('openIdConnectUrl').key]: data.value } }, 'Discovery address')
              }
            />
          </Field>
        )}
        {provider?.fields?.map((field) => {
          const { key, value } = readCustom(field.name);
          return (
            <Field key={field.name} label={field.title} hint={field.description}>
              <Input
                value={value}
                placeholder={field.default}
                onChange={(_, data) => change({ custom: { [key]: data.value } }, field.title)}
              />
            </Field>
          );
        })}
      </div>
      <Scopes
        key={form.scopes.join(' ')}
        scopes={form.scopes}
        usual={provider?.scopes ?? []}
        onChange={(scopes) => change({ scopes }, 'Scopes')}
      />
      {own.map(({ message }) => (
        <MessageBar key={message} intent="error" layout="multiline">
          <MessageBarBody>{message}</MessageBarBody>
        </MessageBar>
      ))}
      <DraftSignIn draftId={draft.id} revision={draft.revision} method={set.name} />
    </>
  );
}

interface ScopesProps {
  readonly scopes: readonly string[];
  readonly usual: readonly string[];
  onChange(scopes: readonly string[]): void;
}

/** Taken when the field is left: a blank at the end is no scope yet. */
function Scopes({ scopes, usual, onChange }: ScopesProps) {
  return (
    <Field
      label="Scopes"
      hint="What the connection may do, separated by blanks. Fewer are better: people see them when they agree."
    >
      <Textarea
        resize="vertical"
        rows={Math.min(6, Math.ceil(scopes.join(' ').length / 80) || 1)}
        defaultValue={scopes.join(' ')}
        placeholder={usual.join(' ')}
        spellCheck={false}
        onBlur={(event) => {
          const next = event.target.value.split(/[\s,]+/).filter(Boolean);
          if (next.join(' ') !== scopes.join(' ')) onChange(next);
        }}
      />
    </Field>
  );
}
