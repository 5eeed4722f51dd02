import { Dropdown, Field, Option } from '@fluentui/react-components';

interface ConnectionFieldProps {
  readonly connections: readonly { readonly id: string; readonly name: string }[];
  readonly connection: { readonly id: string; readonly name: string };
  readonly className?: string;
  onChoose(id: string | undefined): void;
}

/** With which connection something is tried. */
export function ConnectionField({ connections, connection, className, onChoose }: ConnectionFieldProps) {
  return (
    <Field label="Connection" {...(className === undefined ? {} : { className })}>
      <Dropdown
        value={connection.name}
        selectedOptions={[connection.id]}
        onOptionSelect={(_, data) => onChoose(data.optionValue)}
        style={{ minWidth: 0 }}
      >
        {connections.map(({ id, name }) => (
          <Option key={id} value={id}>
            {name}
          </Option>
        ))}
      </Dropdown>
    </Field>
  );
}
