import { Button, Checkbox, Dropdown, Field, Input, Option } from '@fluentui/react-components';
import { EyeRegular } from '@fluentui/react-icons/svg/eye';
import { EyeOffRegular } from '@fluentui/react-icons/svg/eye-off';
import { useState } from 'react';
import type { AuthenticationMethod, ConnectionParameter } from '../../api/index.ts';
import { plainText } from '../format/plain-text.ts';
import { describeFault, type Entered, listAskedParameters } from './connection-values.ts';

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
      {listAskedParameters(method, entered).map((parameter) => (
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
  const note = plainText(description ?? hint);
  const shownNote = note === title ? undefined : note;
  if (type === 'bool' && !options) {
    return (
      <Field hint={shownNote}>
        <Checkbox
          label={title}
          checked={text.toLowerCase() === 'true'}
          onChange={(_, data) => onChange(String(data.checked === true))}
        />
      </Field>
    );
  }
  return (
    <Field
      label={title}
      required={required && !isStored}
      hint={shownNote}
      validationMessage={describeFault(parameter, text)}
    >
      {options ? (
        <Dropdown
          value={options.find(({ value }) => value === text)?.title ?? text}
          selectedOptions={text === '' ? [] : [text]}
          placeholder={isStored ? 'Stored. Choose one to replace it.' : 'Choose'}
          onOptionSelect={(_, data) => onChange(data.optionValue ?? '')}
        >
          {!required && <Option value="">(none)</Option>}
          {options.map((option) => (
            <Option key={option.value} value={option.value}>
              {option.title}
            </Option>
          ))}
        </Dropdown>
      ) : secret && !parameter.clearText ? (
        <SecretInput title={title} text={text} isStored={isStored} onChange={onChange} />
      ) : (
        <Input
          inputMode={type === 'int' ? 'numeric' : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={isStored ? KEPT : undefined}
          value={text}
          onChange={(_, data) => onChange(data.value)}
        />
      )}
    </Field>
  );
}

const KEPT = 'Stored. Leave empty to keep it.';

/** Hidden while it is typed, unless somebody wants to see what they paste. */
function SecretInput({
  title,
  text,
  isStored,
  onChange,
}: Omit<ParameterFieldProps, 'parameter'> & { title: string }) {
  const [isShown, setShown] = useState(false);
  return (
    <Input
      type={isShown ? 'text' : 'password'}
      autoComplete="new-password"
      spellCheck={false}
      placeholder={isStored ? KEPT : undefined}
      value={text}
      onChange={(_, data) => onChange(data.value)}
      contentAfter={
        <Button
          appearance="transparent"
          size="small"
          icon={isShown ? <EyeOffRegular /> : <EyeRegular />}
          aria-label={`${isShown ? 'Hide' : 'Show'} what is typed for ${title}`}
          onClick={() => setShown(!isShown)}
        />
      }
    />
  );
}
