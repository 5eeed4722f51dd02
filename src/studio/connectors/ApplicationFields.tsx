import { Field, Input, Textarea } from '@fluentui/react-components';

/** What a connector signs in as. The secrets are only ever typed, never shown again. */
export interface ApplicationValues {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly certificate: string;
}

interface ApplicationFieldsProps {
  readonly values: ApplicationValues;
  readonly hasSecret: boolean;
  readonly takesCertificate: boolean;
  readonly mayChange: boolean;
  /** Whether the client ID has to be given. */
  readonly required?: boolean;
  onChange(change: Partial<ApplicationValues>): void;
}

/** The fields of an OAuth application: a secret that is left empty stays as it is. */
export function ApplicationFields(props: ApplicationFieldsProps) {
  const { values, hasSecret, takesCertificate, mayChange, required, onChange } = props;
  const kept = hasSecret ? 'Stored. Leave empty to keep it.' : undefined;
  return (
    <>
      <Field label="Client ID" required={required}>
        <Input
          autoComplete="off"
          spellCheck={false}
          disabled={!mayChange}
          value={values.clientId}
          onChange={(_, data) => onChange({ clientId: data.value })}
        />
      </Field>
      <Field label="Client secret">
        <Input
          type="password"
          autoComplete="new-password"
          disabled={!mayChange}
          placeholder={kept}
          value={values.clientSecret}
          onChange={(_, data) => onChange({ clientSecret: data.value })}
        />
      </Field>
      {takesCertificate && (
        <Field label="Certificate" hint="Private key and certificate as PEM, in place of a secret.">
          <Textarea
            disabled={!mayChange}
            placeholder={kept}
            value={values.certificate}
            onChange={(_, data) => onChange({ certificate: data.value })}
          />
        </Field>
      )}
    </>
  );
}

/** The secrets that were typed; those left empty are kept by the server. */
export function readTypedSecrets({ clientSecret, certificate }: ApplicationValues) {
  return {
    ...(clientSecret === '' ? {} : { clientSecret }),
    ...(certificate === '' ? {} : { certificate }),
  };
}
