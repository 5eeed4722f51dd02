import { Badge, Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import type { Cause } from '../../connector/index.ts';
import { Card } from '../components/Card.tsx';

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
  },
  cause: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalXS,
    borderInlineStartWidth: '3px',
    borderInlineStartStyle: 'solid',
    borderInlineStartColor: tokens.colorNeutralStroke1,
    paddingInlineStart: tokens.spacingHorizontalM,
    overflowWrap: 'anywhere',
  },
  first: { borderInlineStartColor: tokens.colorBrandStroke1 },
  top: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'center', flexWrap: 'wrap' },
  note: { color: tokens.colorNeutralForeground2 },
});

const CERTAINTY = { certain: 'Certain', likely: 'Likely', possible: 'Possible' } as const;

interface CauseListProps {
  readonly causes: readonly Cause[];
  readonly isBusy: boolean;
  onFix(fix: NonNullable<Cause['fix']>, title: string): void;
}

/** Why a call failed, the likeliest cause first, with what was seen and a button where something can be done. */
export function CauseList({ causes, isBusy, onFix }: CauseListProps) {
  const styles = useStyles();
  return (
    <Card title="Diagnosis" note="Calls leave from the server that Patchbay runs on, so it is never CORS.">
      <ul className={styles.list}>
        {causes.map(({ id, certainty, title, evidence, advice, fix }, index) => (
          <li key={`${id} ${title}`} className={mergeClasses(styles.cause, index === 0 && styles.first)}>
            <div className={styles.top}>
              <Text weight="semibold">{title}</Text>
              <Badge appearance="tint" color={index === 0 ? 'brand' : 'subtle'}>
                {CERTAINTY[certainty]}
              </Badge>
            </div>
            <Text className={styles.note}>{evidence}</Text>
            <Text>{advice}</Text>
            {fix && (
              <Button
                size="small"
                appearance={index === 0 ? 'primary' : 'secondary'}
                disabledFocusable={isBusy}
                onClick={() => onFix(fix, title)}
              >
                {fix.label}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
