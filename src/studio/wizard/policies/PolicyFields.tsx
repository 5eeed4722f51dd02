import { Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { Json } from '../../../base/index.ts';
import {
  checkPolicyField,
  type DraftProblem,
  type PolicyEntry,
  type PolicyParameter,
  type PolicySection,
  setPolicyParameter,
  setPolicySection,
  setPolicyTitle,
} from '../../../connector/index.ts';
import { JsonField, readJsonText } from '../../components/JsonField.tsx';
import type { StepProps } from '../step-props.ts';
import { PolicyOperations } from './PolicyOperations.tsx';
import { SECTION_NAMES } from './sections.ts';

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gap: tokens.spacingVerticalM,
    columnGap: tokens.spacingHorizontalL,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(260px, 100%), 1fr))',
    alignItems: 'start',
  },
  wide: { gridColumn: '1 / -1' },
});

interface PolicyFieldsProps extends Pick<StepProps, 'definition' | 'onChange'> {
  readonly entry: PolicyEntry;
  readonly problems: readonly DraftProblem[];
}

/** The form of a policy, made from its template. */
export function PolicyFields({ entry, definition, problems, onChange }: PolicyFieldsProps) {
  const styles = useStyles();
  const { index, template, title, section } = entry;
  const sections = template?.sections ?? [];
  return (
    <div className={styles.fields}>
      <Field label="Title" hint="Shown in the list and in the trace of a call.">
        <Input
          value={title}
          onChange={(_, data) => onChange(setPolicyTitle(definition, index, data.value), 'Title of a policy')}
        />
      </Field>
      {sections.length > 1 && (
        <Field
          label="Works on"
          hint={section === 'failure' ? 'Answers with a status from 400 on.' : undefined}
        >
          <Select
            value={section}
            onChange={(_, data) =>
              onChange(setPolicySection(definition, index, data.value as PolicySection), 'Side of a policy')
            }
          >
            {sections.map((one) => (
              <option key={one} value={one}>
                {`the ${SECTION_NAMES[one]}`}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {template?.parameters.map((parameter) => (
        <ParameterField
          key={parameter.name}
          parameter={parameter}
          value={entry.parameters[parameter.name]}
          problem={checkPolicyField(entry, parameter)}
          onChange={(value) =>
            onChange(
              setPolicyParameter(definition, index, parameter, value),
              `${parameter.title} of a policy`,
            )
          }
        />
      ))}
      <div className={styles.wide}>
        <PolicyOperations entry={entry} definition={definition} problems={problems} onChange={onChange} />
      </div>
    </div>
  );
}

interface ParameterFieldProps {
  readonly parameter: PolicyParameter;
  readonly value: Json | undefined;
  readonly problem: string | undefined;
  onChange(value: Json | undefined): void;
}

function ParameterField({ parameter, value, problem, onChange }: ParameterFieldProps) {
  const { title, type, required, allowed, description, default: fallback } = parameter;
  if (type === 'object') return <ObjectField {...{ parameter, value, problem, onChange }} />;
  const text = readText(value);
  return (
    <Field
      label={title}
      required={required}
      hint={description.replaceAll('`', '')}
      validationState={problem === undefined ? 'none' : 'error'}
      validationMessage={problem && shorten(problem)}
    >
      {allowed === undefined ? (
        <Input
          value={text}
          placeholder={fallback}
          spellCheck={false}
          autoCapitalize="off"
          inputMode={type === 'integer' ? 'numeric' : undefined}
          onChange={(_, data) => onChange(data.value)}
        />
      ) : (
        <Select value={findAllowed(allowed, text) ?? text} onChange={(_, data) => onChange(data.value)}>
          {text === '' && (
            <option value="">{fallback === undefined ? 'Choose' : `${fallback} (default)`}</option>
          )}
          {text !== '' && findAllowed(allowed, text) === undefined && <option value={text}>{text}</option>}
          {allowed.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** What is no JSON yet stays on the screen and is not taken over. */
function ObjectField({ parameter, value, problem, onChange }: ParameterFieldProps) {
  const [text, setText] = useState(() => (value === undefined ? '' : JSON.stringify(value, null, 2)));
  const hint = problem === undefined ? parameter.description.replaceAll('`', '') : shorten(problem);
  return (
    <JsonField
      label={parameter.title}
      hint={hint}
      text={text}
      rows={8}
      onChange={(typed) => {
        setText(typed);
        const read = readJsonText(typed);
        if (read.ok) onChange(read.value);
      }}
    />
  );
}

function readText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function findAllowed(allowed: readonly string[], text: string): string | undefined {
  return allowed.find((one) => one.toLowerCase() === text.trim().toLowerCase());
}

/** Beside the field, its name need not be said. */
function shorten(problem: string): string {
  return problem
    .replace(/^The parameter '[^']+' is missing\.$/, 'This is needed.')
    .replace(/^The parameter '[^']+' must/, 'This must');
}
