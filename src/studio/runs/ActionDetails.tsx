import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ArrowClockwiseRegular } from '@fluentui/react-icons/svg/arrow-clockwise';
import { useContext } from 'react';
import type { RunAction } from '../../api/index.ts';
import type { JsonObject } from '../../base/index.ts';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { JsonView } from '../components/JsonView.tsx';
import { Properties } from '../components/Properties.tsx';
import { describeStatus } from '../components/StatusBadge.tsx';
import { formatInstant } from '../format/time.ts';
import { isRepeatable, RepeatContext } from './repeat.ts';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  button: { alignSelf: 'flex-start' },
  pair: {
    display: 'grid',
    gap: tokens.spacingHorizontalM,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(320px, 100%), 1fr))',
    alignItems: 'start',
  },
});

/** Everything about one execution: what went in, what came out, what went wrong. */
export function ActionDetails({ action }: { action: RunAction }) {
  const styles = useStyles();
  const repeat = useContext(RepeatContext);
  const { error } = action;
  return (
    <div className={styles.root}>
      {error && (
        <ErrorNotice
          error={new Error([error.message, error.fix].filter(Boolean).join(' '))}
          title={error.code ?? 'Error'}
        />
      )}
      {isCallbackAwaited(action) && (
        <Text>
          Waiting for the service to call back. The action goes on when it does, or when its time is up.
        </Text>
      )}
      <Properties
        items={[
          ['Status', describeStatus(action.status) + (action.code ? ` (${action.code})` : '')],
          ['Type', action.type],
          ['Started', action.startedAt && formatInstant(action.startedAt)],
          ['Ended', action.endedAt && formatInstant(action.endedAt)],
          ['Attempts', action.attempts > 1 ? String(action.attempts) : undefined],
        ]}
      />
      <div className={styles.pair}>
        <JsonView title="Inputs" value={action.inputs} />
        <JsonView title="Outputs" value={action.outputs} />
      </div>
      {error && <JsonView title="Error" value={error as JsonObject} />}
      {repeat && isRepeatable(action) && (
        <Button
          className={styles.button}
          icon={<ArrowClockwiseRegular />}
          disabledFocusable={repeat.isPending}
          onClick={() => repeat.from(action.name)}
        >
          Run again from here
        </Button>
      )}
    </div>
  );
}

function isCallbackAwaited({ status, type }: RunAction): boolean {
  return status === 'Waiting' && /webhook$/i.test(type);
}
