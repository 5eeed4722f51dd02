import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import type { AuthenticationMethod } from '../../api/index.ts';
import { plainText } from '../format/plain-text.ts';

interface MethodChooserProps {
  readonly methods: readonly AuthenticationMethod[];
  readonly selected: AuthenticationMethod;
  onChange(method: AuthenticationMethod): void;
}

/** Which of several ways to connect; nothing where there is only one. */
export function MethodChooser({ methods, selected, onChange }: MethodChooserProps) {
  if (methods.length < 2) return null;
  return (
    <Field label="How to connect">
      <RadioGroup
        value={String(methods.indexOf(selected))}
        onChange={(_, data) => {
          const method = methods[Number(data.value)];
          if (method) onChange(method);
        }}
      >
        {methods.map((method, index) => (
          <Radio
            key={method.parameterSet ?? `${method.type} ${method.title}`}
            value={String(index)}
            disabled={!method.supported}
            label={method.description ? `${method.title}: ${plainText(method.description)}` : method.title}
          />
        ))}
      </RadioGroup>
    </Field>
  );
}
