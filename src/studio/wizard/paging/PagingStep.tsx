import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { DocumentMultipleRegular } from '@fluentui/react-icons/svg/document-multiple';
import { useMemo, useState } from 'react';
import { getByPointer, isJsonObject, type JsonObject, joinPointer } from '../../../base/index.ts';
import { listPaging, PAGING_EXTENSION, type PagingEntry, setPaging } from '../../../connector/index.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import type { StepProps } from '../step-props.ts';
import { useCompiled } from '../use-compiled.ts';
import { PagingForm } from './PagingForm.tsx';
import { isOpenQuestion, PagingList } from './PagingList.tsx';

const useStyles = makeStyles({
  top: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
    flexWrap: 'wrap',
  },
  note: { color: tokens.colorNeutralForeground2, flex: '1 1 280px', maxWidth: '72ch' },
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
      <PagingList
        entries={entries}
        open={open}
        onOpen={setOpen}
        onAccept={({ pointer, proposal }) =>
          onChange(setPaging(definition, pointer, proposal?.paging), 'Accept proposal')
        }
      >
        {(entry) => (
          <PagingForm
            entry={{ ...entry, own: readOwn(definition, entry.pointer) }}
            connector={connector}
            onChange={(paging) => onChange(setPaging(definition, entry.pointer, paging), 'Paging')}
          />
        )}
      </PagingList>
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
