import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { getRouteApi } from '@tanstack/react-router';
import type { Flow } from '../../api/index.ts';
import { formatCount } from '../format/count.ts';
import { listMissingReferences } from './references.ts';

const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalS, marginBottom: tokens.spacingVerticalL },
});

const route = getRouteApi('/shell/flows/$flowId');

/** What keeps a flow from running, and the way to mend it. */
export function FlowNotices({ flow, selected }: { flow: Flow; selected: string }) {
  const styles = useStyles();
  const navigate = route.useNavigate();
  const missing = listMissingReferences(flow.check.references, flow.connectionReferences);
  const mistakes = flow.check.errors.filter((error) => error.code !== 'FLOW_CONNECTION_UNKNOWN');
  if (missing.length === 0 && mistakes.length === 0) return null;
  const show = (tab: string) => () => void navigate({ search: { tab } });
  return (
    <div className={styles.root}>
      {missing.length > 0 && selected !== 'connections' && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>
              {formatCount(missing.length, 'connection is', 'connections are')} missing.
            </MessageBarTitle>{' '}
            Choose one for {missing.join(', ')} before you turn the flow on.
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={show('connections')}>
              Choose connections
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {mistakes.length > 0 && selected !== 'definition' && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>The definition has {formatCount(mistakes.length, 'mistake')}.</MessageBarTitle>{' '}
            {mistakes[0]?.message}
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={show('definition')}>
              Show
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
    </div>
  );
}
