import { Badge, Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { DocumentMultipleRegular } from '@fluentui/react-icons/svg/document-multiple';
import { useMemo, useState } from 'react';
import { getByPointer, isJsonObject, type JsonObject, joinPointer } from '../../../base/index.ts';
import { listPaging, PAGING_EXTENSION, type PagingEntry, setPaging } from '../../../connector/index.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { MethodBadge } from '../../components/MethodBadge.tsx';
import { PHONE } from '../../components/styles.ts';
import type { StepProps } from '../step-props.ts';
import { useCompiled } from '../use-compiled.ts';
import { PagingForm } from './PagingForm.tsx';
import { describePaging } from './paging-kinds.ts';

const useStyles = makeStyles({
  top: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
    flexWrap: 'wrap',
  },
  note: { color: tokens.colorNeutralForeground2, flex: '1 1 280px', maxWidth: '72ch' },
  list: {
    margin: 0,
    padding: 0,
    listStyle: 'none',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    '& > li + li': { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  row: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: tokens.spacingVerticalS,
    paddingRight: tokens.spacingHorizontalM,
    [PHONE]: { flexWrap: 'wrap' },
  },
  title: {
    flex: '1 1 auto',
    justifyContent: 'flex-start',
    textAlign: 'left',
    minWidth: 0,
    gap: tokens.spacingHorizontalS,
    [PHONE]: { flexBasis: '100%' },
  },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  small: { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular },
  body: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: `0 ${tokens.spacingHorizontalL} ${tokens.spacingHorizontalL}`,
  },
});

/** How the answers of operations that return lists continue. */
export function PagingStep({ definition, address, onChange }: StepProps) {
  const styles = useStyles();
  const connector = useCompiled(definition);
  const entries = useMemo(
    () => (connector === undefined ? [] : listPaging(connector).sort((a, b) => rank(a) - rank(b))),
    [connector],
  );
  const [open, setOpen] = useOpenEntry(address);
  const proposed = entries.filter(isOpenQuestion);
  if (connector === undefined || entries.length === 0) {
    return (
      <EmptyState icon={<DocumentMultipleRegular />} title="Nothing to page through">
        Operations whose answers hold a list appear here. Describe the answers in the step Definition, from a
        sample, and come back.
      </EmptyState>
    );
  }
  const acceptAll = () => {
    const next = proposed.reduce(
      (made, { pointer, proposal }) => setPaging(made, pointer, proposal?.paging),
      definition,
    );
    onChange(next, 'Accept proposals');
  };
  return (
    <>
      <div className={styles.top}>
        <Text className={styles.note}>
          Services give long lists in pages. Where it is said how they continue, flows and programs get the
          whole list from one call.
        </Text>
        {proposed.length > 1 && (
          <Button appearance="primary" onClick={acceptAll}>
            {`Take all ${proposed.length} proposals`}
          </Button>
        )}
      </div>
      <ul className={styles.list} aria-label="Operations that return lists">
        {entries.map((entry) => (
          <li key={entry.pointer} data-place={`/openapi${entry.pointer}/`}>
            <div className={styles.row}>
              <Button
                className={styles.title}
                appearance="transparent"
                icon={open === entry.pointer ? <ChevronDownRegular /> : <ChevronRightRegular />}
                aria-expanded={open === entry.pointer}
                onClick={() => setOpen(open === entry.pointer ? undefined : entry.pointer)}
              >
                <MethodBadge method={entry.method} />
                <span className={styles.words}>
                  <span>{entry.summary || entry.operationId}</span>
                  <Text size={200} className={styles.small}>
                    {entry.path} · {describeEntry(entry)}
                  </Text>
                </span>
              </Button>
              {isOpenQuestion(entry) && (
                <>
                  <Badge appearance="tint" color="brand">
                    Proposed
                  </Badge>
                  <Button
                    size="small"
                    aria-label={`Accept the proposal for ${entry.summary || entry.operationId}`}
                    onClick={() =>
                      onChange(
                        setPaging(definition, entry.pointer, entry.proposal?.paging),
                        'Accept proposal',
                      )
                    }
                  >
                    Accept
                  </Button>
                </>
              )}
            </div>
            {open === entry.pointer && (
              <div className={styles.body}>
                <PagingForm
                  entry={{ ...entry, own: readOwn(definition, entry.pointer) }}
                  connector={connector}
                  onChange={(paging) => onChange(setPaging(definition, entry.pointer, paging), 'Paging')}
                />
              </div>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The operation that is open, by its pointer: it stands in the address. */
function useOpenEntry({ at, arrival, show }: StepProps['address']) {
  const [state, setState] = useState({ open: readPointer(at), arrival });
  const now = state.arrival === arrival ? state : { open: readPointer(at), arrival };
  if (now !== state) setState(now);
  const setOpen = (open: string | undefined) => {
    setState({ open, arrival });
    show(open === undefined ? {} : { at: `/openapi${open}` }, 'replace');
  };
  return [now.open, setOpen] as const;
}

function readPointer(at: string | undefined): string | undefined {
  return /^\/openapi(\/paths\/[^/]+\/[^/]+)/.exec(at ?? '')?.[1];
}

/** As it is now: the list may be a moment behind, and a field must show each letter at once. */
function readOwn({ openapi }: StepProps['definition'], pointer: string): JsonObject | undefined {
  const own = getByPointer(openapi, joinPointer(pointer, PAGING_EXTENSION));
  return isJsonObject(own) ? own : undefined;
}

/** What pages or seems to comes first, in the order of the document. */
function rank({ own, paging, proposal }: PagingEntry): number {
  return own === undefined && paging === undefined && proposal === undefined ? 1 : 0;
}

function isOpenQuestion({ own, proposal }: PagingEntry): boolean {
  return own === undefined && proposal !== undefined;
}

function describeEntry({ own, paging, proposal }: PagingEntry): string {
  if (paging !== undefined) {
    const most = paging.maximumItems === undefined ? '' : ` · at most ${paging.maximumItems} items`;
    return `${describePaging(paging)}${most}${own === undefined ? ' · from the definition' : ''}`;
  }
  if (own !== undefined) return own['by'] === 'none' ? 'There is one page.' : 'Not complete yet.';
  if (proposal !== undefined) return `${describePaging(proposal.paging)}: ${proposal.reason}`;
  return 'Nothing is said: only the first page is read.';
}
