import { Button, makeStyles, shorthands, Text, tokens } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import type { ReactNode } from 'react';
import { useProblem } from './FieldFrame.tsx';
import type { FormField } from './types.ts';

const useStyles = makeStyles({
  root: {
    ...shorthands.borderWidth('0', '0', '0', '2px'),
    ...shorthands.borderStyle('solid'),
    ...shorthands.borderColor(tokens.colorNeutralStroke2),
    margin: 0,
    padding: `0 0 0 ${tokens.spacingHorizontalM}`,
    minWidth: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
  },
  legend: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, padding: 0 },
  required: { color: tokens.colorPaletteRedForeground1 },
  note: { color: tokens.colorNeutralForeground2 },
  problem: { color: tokens.colorPaletteRedForeground1 },
});

interface GroupFrameProps {
  readonly field: FormField;
  /** Undefined: it does not fold. */
  readonly isOpen?: boolean;
  readonly onToggle?: () => void;
  readonly note?: string | undefined;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** Fields that belong together under a name: an object, a list, a dictionary. */
export function GroupFrame({ field, isOpen, onToggle, note, actions, children }: GroupFrameProps) {
  const styles = useStyles();
  const problem = useProblem(field);
  const name = (
    <>
      <Text weight="semibold">{field.label}</Text>
      {field.required && (
        <span className={styles.required} aria-hidden>
          *
        </span>
      )}
    </>
  );
  return (
    <fieldset className={styles.root} aria-label={field.label}>
      <div className={styles.legend}>
        {onToggle === undefined ? (
          name
        ) : (
          <Button
            appearance="transparent"
            size="small"
            aria-expanded={isOpen}
            icon={isOpen ? <ChevronDownRegular /> : <ChevronRightRegular />}
            onClick={onToggle}
          >
            {name}
          </Button>
        )}
        {actions}
      </div>
      {isOpen !== false && field.description && field.description !== field.label && (
        <Text size={200} className={styles.note}>
          {field.description}
        </Text>
      )}
      {note && (
        <Text size={200} className={styles.note} role="status">
          {note}
        </Text>
      )}
      {problem && (
        <Text size={200} className={styles.problem}>
          {problem}
        </Text>
      )}
      {isOpen !== false && children}
    </fieldset>
  );
}
