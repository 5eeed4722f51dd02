import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { SaveRegular } from '@fluentui/react-icons/svg/save';
import { useBlocker } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { DocumentProblem, Flow } from '../../api/index.ts';
import { ApiError } from '../../client/index.ts';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { useNotify } from '../components/notifications.tsx';
import { ProblemList } from '../components/ProblemList.tsx';
import { useDebounced } from '../components/use-debounced.ts';
import { useFlowCheck, useSaveFlow } from '../data/flows.ts';
import { formatCount } from '../format/count.ts';
import { DefinitionEditor, type EditorHandle } from './editor/DefinitionEditor.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  bar: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'center', flexWrap: 'wrap' },
  verdict: { display: 'inline-flex', gap: tokens.spacingHorizontalXS, alignItems: 'center', flexGrow: 1 },
  good: { color: tokens.colorStatusSuccessForeground1 },
  problems: { display: 'grid', gap: tokens.spacingVerticalS, maxHeight: '240px', overflowY: 'auto' },
});

const NO_PROBLEMS: readonly DocumentProblem[] = [];

/** The definition as text, checked while one types. */
export function DefinitionTab({ flow }: { flow: Flow }) {
  const styles = useStyles();
  const [edited, setEdited] = useState<string>();
  const text = edited ?? flow.definitionText;
  const check = useFlowCheck(useDebounced(text, 400), flow.connectionReferences);
  const save = useSaveFlow(flow.id);
  const notify = useNotify();
  const editor = useRef<EditorHandle>(null);
  const isDirty = edited !== undefined && edited !== flow.definitionText;
  useBlocker({
    shouldBlockFn: () => isDirty && !confirm('Leave the page? What you changed is not saved.'),
    enableBeforeUnload: isDirty,
  });

  const errors = check.data?.errors ?? NO_PROBLEMS;
  const warnings = check.data?.warnings ?? NO_PROBLEMS;
  const submit = () =>
    save.mutate(
      { version: flow.version, definition: text },
      {
        onSuccess: (saved) => {
          setEdited(undefined);
          notify.success(`Version ${saved.version} is saved.`);
        },
      },
    );
  const show = (problem: DocumentProblem) => editor.current?.show(problem);
  return (
    <div className={styles.root}>
      <div className={styles.bar}>
        <span className={styles.verdict} role="status">
          <Verdict errors={errors.length} warnings={warnings.length} checking={check.isFetching} />
        </span>
        <Text>Version {flow.version}</Text>
        {isDirty && <Button onClick={() => setEdited(undefined)}>Discard changes</Button>}
        <Button
          appearance="primary"
          icon={save.isPending ? <Spinner size="tiny" /> : <SaveRegular />}
          disabledFocusable={!isDirty || save.isPending}
          onClick={submit}
        >
          Save
        </Button>
      </div>
      <ErrorNotice error={save.error} title={describeRefusal(save.error)} />
      <DefinitionEditor
        ref={editor}
        text={text}
        errors={errors}
        warnings={warnings}
        onChange={setEdited}
        onSave={() => isDirty && !save.isPending && submit()}
      />
      {errors.length + warnings.length > 0 && (
        <section className={styles.problems} aria-label="Problems">
          <ProblemList problems={errors} severity="error" onShow={show} />
          <ProblemList problems={warnings} severity="warning" onShow={show} />
        </section>
      )}
    </div>
  );
}

function Verdict({ errors, warnings, checking }: { errors: number; warnings: number; checking: boolean }) {
  const styles = useStyles();
  if (errors + warnings > 0) {
    const parts = [errors && formatCount(errors, 'error'), warnings && formatCount(warnings, 'warning')];
    return <>{parts.filter(Boolean).join(', ')}</>;
  }
  if (checking) return <Spinner size="tiny" label="Checking" />;
  return (
    <>
      <CheckmarkCircleFilled className={styles.good} aria-hidden /> No problems found
    </>
  );
}

function describeRefusal(error: unknown): string {
  return error instanceof ApiError && error.status === 412
    ? 'Somebody saved a version meanwhile.'
    : 'The definition is not saved.';
}
