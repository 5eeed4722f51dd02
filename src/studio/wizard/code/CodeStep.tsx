import { Button, MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import { CodeRegular } from '@fluentui/react-icons/svg/code';
import { useMemo } from 'react';
import {
  createScriptSkeleton,
  EMPTY_SCRIPT,
  findScript,
  listDefinitionItems,
  setScript,
  setScriptOperations,
} from '../../../connector/index.ts';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { MONOSPACE } from '../../components/styles.ts';
import { OperationScope } from '../OperationScope.tsx';
import type { StepProps } from '../step-props.ts';
import { SampleRun } from './SampleRun.tsx';
import { ScriptEditor } from './ScriptEditor.tsx';

const useStyles = makeStyles({
  source: {
    margin: 0,
    maxHeight: '360px',
    overflow: 'auto',
    padding: tokens.spacingHorizontalM,
    fontFamily: MONOSPACE,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
  },
});

/** Code that stands between a request and the service. */
export function CodeStep({ draft, definition, onChange }: StepProps) {
  const styles = useStyles();
  const script = findScript(definition);
  const operations = useMemo(
    () =>
      listDefinitionItems(definition.openapi).flatMap((item) =>
        'operationId' in item && item.operationId !== '' ? [{ id: item.operationId, title: item.title }] : [],
      ),
    [definition.openapi],
  );
  const begin = () => onChange(setScript(definition, EMPTY_SCRIPT), 'Begin a script');
  const port = () =>
    onChange(setScript(definition, createScriptSkeleton(definition) ?? EMPTY_SCRIPT), 'Begin a port');
  const served = operations.filter(({ id }) => script?.serves(id) ?? false).map(({ id }) => id);
  const chosen = served.length === operations.length ? [] : served;
  return (
    <>
      {script === undefined && (
        <EmptyState
          icon={<CodeRegular />}
          title="No custom code"
          actions={
            <Button appearance="primary" onClick={begin}>
              Begin a script
            </Button>
          }
        >
          A script in TypeScript changes requests and answers where policies do not reach: it signs, converts,
          or calls twice. Most connectors need none.
        </EmptyState>
      )}
      {script?.csharp !== undefined && (
        <Card
          title={`C#: ${script.csharp.fileName}`}
          place="/files/"
          actions={script.own === undefined && <Button onClick={port}>Begin a port</Button>}
        >
          {script.own === undefined && (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>
                This came with the package. It is kept and exported, but not run: the operations it serves
                cannot be called until a script in TypeScript does its work.
              </MessageBarBody>
            </MessageBar>
          )}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
          <section className={styles.source} tabIndex={0} aria-label="Source in C#">
            {script.csharp.source}
          </section>
        </Card>
      )}
      {script?.own !== undefined && (
        <>
          <Card
            title={script.own.fileName}
            place="/properties/scriptOperations/ /files/"
            note="Runs in a sandbox: it reaches the network through ctx.send alone."
            actions={
              <Button onClick={() => onChange(setScript(definition, undefined), 'Remove the script')}>
                Remove
              </Button>
            }
          >
            <ScriptEditor
              text={script.own.source}
              onChange={(source) => onChange(setScript(definition, source), 'Script')}
            />
            <OperationScope
              label="Serves"
              subject="script"
              operations={operations}
              chosen={chosen}
              onChange={(ids) => onChange(setScriptOperations(definition, ids), 'Operations of the script')}
            />
          </Card>
          <SampleRun
            draftId={draft.id}
            definition={definition}
            source={script.own.source}
            operations={operations}
            served={served}
          />
        </>
      )}
    </>
  );
}
