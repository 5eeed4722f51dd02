import { Badge, Button } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { isJsonObject, type JsonObject } from '../../../base/index.ts';
import { putMember } from '../../../connector/index.ts';
import { CommitField } from './fields.tsx';
import { useStepStyles } from './use-step-styles.ts';

interface ResponseHeadersProps {
  readonly response: JsonObject;
  readonly status: string;
  onChange(headers: JsonObject | undefined, label: string): void;
}

/** Headers that flows may use. */
export function ResponseHeaders({ response, status, onChange }: ResponseHeadersProps) {
  const styles = useStepStyles();
  const headers = isJsonObject(response['headers']) ? response['headers'] : {};
  const names = Object.keys(headers);
  const check = (name: string) => {
    if (name !== '' && !/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) return 'Letters, digits and hyphens only.';
    return names.some((one) => one.toLowerCase() === name.toLowerCase())
      ? `${name} is there already.`
      : undefined;
  };
  const remove = (name: string) => {
    const left = putMember(headers, name, undefined);
    onChange(Object.keys(left).length === 0 ? undefined : left, `Delete header ${name}`);
  };
  return (
    <div className={styles.bar}>
      {names.map((name) => (
        <Badge key={name} appearance="tint" color="informative" size="large">
          {name}
          <Button
            appearance="transparent"
            size="small"
            icon={<DeleteRegular />}
            aria-label={`Delete header ${name} of response ${status}`}
            onClick={() => remove(name)}
          />
        </Badge>
      ))}
      <CommitField
        label="Add a header"
        value=""
        check={check}
        onCommit={(name) =>
          name !== '' &&
          onChange({ ...headers, [name]: { schema: { type: 'string' } } }, `New header ${name}`)
        }
      />
    </div>
  );
}
