import {
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
} from '@fluentui/react-components';
import { ButtonLink } from '../../components/links.tsx';
import type { BrokenText } from './document-session.ts';

const useStyles = makeStyles({ body: { whiteSpace: 'normal', overflowWrap: 'anywhere' } });

interface BrokenTextNoticeProps {
  readonly draftId: string;
  readonly step: string;
  readonly broken: BrokenText;
  /** What becomes of the text here. */
  readonly children: string;
  onLeave?(): void;
}

/** Says beside the forms that the text is ahead of them, and leads to it. */
export function BrokenTextNotice({ draftId, step, broken, children, onLeave }: BrokenTextNoticeProps) {
  const styles = useStyles();
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody className={styles.body}>
        <MessageBarTitle>The text under Document cannot be read yet.</MessageBarTitle> {broken.error.message}{' '}
        {children}
      </MessageBarBody>
      <MessageBarActions>
        <ButtonLink
          size="small"
          to="/connectors/drafts/$draftId"
          params={{ draftId }}
          search={{ step, view: 'document', at: `/${broken.part}` }}
          onClick={onLeave}
        >
          Go to line {broken.error.line}
        </ButtonLink>
      </MessageBarActions>
    </MessageBar>
  );
}
