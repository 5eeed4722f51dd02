import { Checkbox, Dropdown, Field, Input, Option } from '@fluentui/react-components';
import type { AuthenticationMethod, ConnectionParameter } from '../../api/index.ts';
import { plainText } from '../format/plain-text.ts';
import { type Entered, listAskedParameters } from './connection-values.ts';

interface ParameterFieldsProps {
  readonly method: AuthenticationMethod;
  readonly entered: Entered;
  /** Names of secrets that are stored already. */
  readonly stored?: readonly string[];
  onChange(entered: Entered): void;
}

/** The form of a connector's connection parameters. Secrets can be written, never read. */
export function ParameterFields({ method, entered, stored = [], onChange }: ParameterFieldsProps) {
  return (
    <>
      {listAskedParameters(method).map((parameter) => (
        <ParameterField
          key={parameter.name}
          parameter={parameter}
          text={entered[parameter.name] ?? ''}
          isStored={stored.includes(parameter.name)}
          onChange={(text) => onChange({ ...entered, [parameter.name]: text })}
        />
      ))}
    </>
  );
}

interface ParameterFieldProps {
  readonly parameter: ConnectionParameter;
  readonly text: string;
  readonly isStored: boolean;
  onChange(text: string): void;
}

function ParameterField({ parameter, text, isStored, onChange }: ParameterFieldProps) {
  const { title, type, options, secret, required, description, hint } = parameter;
  if (type === 'bool') {
    return (
      <Checkbox
        label={title}
        checked={text === 'true'}
        onChange={(_, data) => onChange(String(data.checked === true))}
      />
    );
  }
  const note = plainText(description ?? hint);
  return (
    <Field label={title} required={required && !isStored} hint={note === title ? undefined : note}>
      {options ? (
        <Dropdown
          value={options.find(({ value }) => value === text)?.title ?? text}
          selectedOptions={text === '' ? [] : [text]}
          onOptionSelect={(_, data) => onChange(data.optionValue ?? '')}
        >
          {options.map((option) => (
            <Option key={option.value} value={option.value}>
              {option.title}
            </Option>
          ))}
        </Dropdown>
      ) : (
        <Input
          type={secret ? 'password' : type === 'int' ? 'number' : 'text'}
          autoComplete={secret ? 'new-password' : 'off'}
          placeholder={isStored ? 'Stored. Leave empty to keep it.' : undefined}
          value={text}
          onChange={(_, data) => onChange(data.value)}
        />
      )}
    </Field>
  );
}
